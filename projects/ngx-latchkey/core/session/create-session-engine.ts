import { AuthError, authError } from '../contract/auth-error';
import type { AuthProvider } from '../contract/auth-provider';
import type { Grant } from '../contract/grant';
import { isRefusal } from '../contract/refusal';
import { FAREWELL_DEADLINE, asRefusal, authHttp, perform } from './exchange';
import type { SessionPorts } from './ports';
import { type SessionInput, reduce, tellings } from './reduce';
import { decideRejection } from './rejection';
import { renewSession } from './renew';
import { nextMoment, renewalMoment } from './schedule';
import type { SessionEngine, SessionListener, UsableToken } from './session-engine';
import type { SessionEvent, SessionHappening } from './session-event';
import { type EndReason, type LiveRecord, firstRecord, isLive, sameUser, tombstone } from './session-record';
import { initialState } from './session-state';
import { isUsable } from './token-life';
import { waitingRoom } from './waiting-room';

/** Milliseconds that a request waits for a token before it fails. */
const PATIENCE = 15_000;
const RESTORE_DEADLINE = 5_000;
const LONGEST_TIMER = 60_000;

/**
 * The engine of one session. Inert until it is started; everything it needs comes through its ports.
 *
 * The state changes in `dispatch` and nowhere else, and what happens next follows from the state: who waits looks again, and one
 * timer is set for the next moment that matters.
 */
export function createSessionEngine(provider: AuthProvider, ports: SessionPorts): SessionEngine {
  const { clock, channel, transport, attention, random } = ports;
  const { session } = provider;
  const http = authHttp(transport);
  const waiting = waitingRoom(clock);
  const listeners = new Set<SessionListener>();
  const teardown: (() => void)[] = [];
  let state = initialState(session.kind === 'renewable');
  let renewal: Promise<void> | null = null;
  let stopTimer = (): void => undefined;
  // Where in its span the next renewal falls: drawn once for each token.
  let jitter = 0;
  // When an API rejected a brand-new token last.
  let distrustedAt = -Infinity;

  const change: typeof ports.store.change = async decide => {
    const record = await ports.store.change(decide);
    channel.announce();
    return record;
  };
  const store = { read: ports.store.read, change };

  function dispatch(input: SessionInput): void {
    const before = state;
    state = reduce(before, input, clock.now());
    if (state.record !== before.record) jitter = random();
    waiting.lookAgain();
    setTimer();
    notify(null);
    for (const happening of tellings(before, state, input)) tell(happening);
  }

  function tell(happening: SessionHappening): void {
    notify({ ...happening, at: clock.now() });
  }

  function notify(event: SessionEvent | null): void {
    for (const listener of [...listeners]) {
      try {
        listener(event, state);
      } catch (error) {
        // Code of the application; it must not stop the engine half-way.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  function setTimer(): void {
    stopTimer();
    const at = nextMoment(state, attention.visible(), waiting.occupied(), jitter);
    if (at === Infinity) return;
    stopTimer = clock.after(Math.min(Math.max(at - clock.now(), 0), LONGEST_TIMER), wake);
  }

  /** A timer is a hint; what to do is decided by the time that it really is. */
  function wake(): void {
    const due = renewalMoment(state, attention.visible(), waiting.occupied(), jitter) <= clock.now();
    dispatch({ type: 'time-passed' });
    if (due) void renew();
  }

  function look(): void {
    void store.read().then(record => {
      dispatch({ type: 'found', record });
    });
  }

  function start(): void {
    if (state.phase !== 'idle') return;
    dispatch({ type: 'started' });
    teardown.push(channel.listen(look), attention.listen(look));
    look();
  }

  async function settled(): Promise<void> {
    start();
    if (state.phase !== 'restoring') return;
    const known = await waiting.wait(() => state.phase !== 'restoring' || undefined, RESTORE_DEADLINE);
    if (known === undefined) dispatch({ type: 'found', record: undefined });
  }

  function usable(): UsableToken | null {
    const { record, renewable } = state;
    return record === null || (renewable && !isUsable(record, clock.now())) ? null : record;
  }

  function unavailable(): AuthError {
    const { refusal, retryAt } = state.failure ?? {};
    return new AuthError({
      failure: 'not-now',
      code: 'temporarily-unavailable',
      status: refusal?.status,
      retryAfter: retryAt && Math.ceil((retryAt - clock.now()) / 1000),
      facts: refusal && [refusal.code],
    });
  }

  /** What a request sees that waits for a token of the given session: never one of somebody else. */
  function lookForToken(asked: LiveRecord): UsableToken | AuthError | undefined {
    if (state.record === null || !sameUser(asked, state.record)) return sessionEnded();
    if (state.failure && state.failure.retryAt - clock.now() > PATIENCE) return unavailable();
    return usable() ?? undefined;
  }

  function sessionEnded(): AuthError {
    return authError('needs-user', 'session-ended', state.endReason ?? 'account-switch');
  }

  async function token(): Promise<UsableToken | null> {
    await settled();
    const asked = state.record;
    if (asked === null) return null;
    const now = usable();
    if (now) return now;
    if (state.failure === null) void renew();
    const waited = waiting.wait(() => lookForToken(asked), PATIENCE);
    waiting.lookAgain();
    setTimer();
    const seen = await waited;
    if (seen === undefined) throw unavailable();
    return seen;
  }

  function renew(): Promise<void> {
    renewal ??= renewOnce().finally(() => {
      renewal = null;
    });
    return renewal;
  }

  async function renewOnce(): Promise<void> {
    const { record } = state;
    if (record === null || session.kind !== 'renewable') return;
    dispatch({ type: 'renewal-started' });
    const outcome = await renewSession(record, session, { ...ports, store });
    // A logout or another sign-in may have come first; what was asked for an older session must not touch it.
    if (state.record?.sid === record.sid) dispatch(outcome);
  }

  async function accept(grant: Grant): Promise<void> {
    start();
    const now = clock.now();
    const record = await change(before => firstRecord(grant, ports.uniqueId(), before, now));
    if (!isLive(record)) return;
    dispatch({ type: 'signed-in', record });
    if (provider.identify && record.held.user === undefined) await identify(record);
  }

  /** Asks who the user is where the grant does not say it. The session is safe before, and stays if nobody answers. */
  async function identify({ held, sid }: LiveRecord): Promise<void> {
    try {
      const user = await provider.identify?.(held, http);
      const record = await change(current =>
        isLive(current) && current.sid === sid ? { ...current, held: { ...current.held, user } } : undefined,
      );
      if (isLive(record) && state.record?.sid === sid) dispatch({ type: 'identified', record });
    } catch (error) {
      tell({ type: 'user-unknown', code: asRefusal(error).code });
    }
  }

  async function end(reason: EndReason, sid?: string): Promise<void> {
    await settled();
    const { record } = state;
    if (record === null) return;
    if (sid !== undefined && sid !== record.sid) return;
    dispatch({ type: 'ended', reason });
    await change(current =>
      current?.sid === record.sid ? tombstone(current, reason, clock.now()) : undefined,
    );
    if (reason !== 'user' || session.kind === 'delegated' || session.kind === 'cookie' || !session.end)
      return;
    const answer = await perform(session.end, record.held, transport, FAREWELL_DEADLINE);
    if (isRefusal(answer)) tell({ type: 'logout-not-confirmed', code: answer.code });
  }

  return {
    http,
    state: () => state,
    start,
    settled,
    usable,
    token,
    accept,
    end,
    tell,
    dispose() {
      stopTimer();
      for (const stop of teardown.splice(0)) stop();
      listeners.clear();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async signIn(input) {
      start();
      const result = await provider.signIn.start(input, http);
      if (!('token' in result)) return result;
      await accept(result);
      return { user: state.record?.held.user ?? null };
    },
    async refresh() {
      await settled();
      if (state.record === null) throw authError('needs-user', 'unauthenticated');
      if (!state.renewable) throw authError('not-now', 'not-renewable');
      await renew();
      if (state.failure) throw new AuthError(state.failure.refusal);
      if (state.endReason) throw sessionEnded();
    },
    async rejected(rejection) {
      const { record, renewable } = state;
      if (record === null) return null;
      if (rejection.replayed) {
        distrustedAt = clock.now();
        tell({ type: 'rejected-fresh-token', generation: rejection.generation });
        return null;
      }
      const decision = decideRejection(record, rejection, renewable, distrustedAt, clock.now());
      if (decision === 'pass') return null;
      if (decision === 'end') await end('expired', record.sid);
      if (decision === 'renew') await renew();
      const fresh = usable();
      return fresh?.sid === rejection.sid && fresh.generation > rejection.generation ? fresh : null;
    },
  };
}
