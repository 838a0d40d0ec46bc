import { AuthError, authError } from '../contract/auth-error';
import type { AuthProvider } from '../contract/auth-provider';
import type { Grant } from '../contract/grant';
import type { DelegatedSession, VendorSdk } from '../contract/session-kind';
import { asRefusal, authHttp } from './exchange';
import { sessionListeners } from './listeners';
import type { SessionPorts } from './ports';
import { type SessionInput, reduce, tellings } from './reduce';
import { rejectionAnswer } from './rejection-answer';
import { unavailable, withFailure } from './renewal-failure';
import type { SessionEngine, UsableToken } from './session-engine';
import type { SessionHappening } from './session-event';
import { type EndReason, type LiveRecord, firstRecord, successor } from './session-record';
import { initialState } from './session-state';
import { awaitedToken, sessionEnded, usableToken } from './usable-token';
import { waitingRoom } from './waiting-room';

/** Milliseconds that a request waits for the SDK. */
const PATIENCE = 15_000;

/** A session that a vendor's own SDK keeps, renews and shares between tabs. */
export function delegatedSession(sdk: VendorSdk): DelegatedSession {
  return { kind: 'delegated', sdk, run: (provider, ports) => delegatedEngine(sdk, provider, ports) };
}

/** What the rest of the library sees of it: the same states, events, waiting and verdicts as of a session of our own. */
function delegatedEngine(
  sdk: VendorSdk,
  provider: AuthProvider,
  { clock, transport, random, uniqueId }: SessionPorts,
): SessionEngine {
  const http = authHttp(transport);
  const waiting = waitingRoom(clock);
  const listeners = sessionListeners();
  let state = initialState('cookie');
  let asking: Promise<void> | null = null;
  let disconnect = (): void => undefined;

  function dispatch(input: SessionInput): void {
    const before = state;
    state = reduce(before, input, clock.now());
    if (state === before) return;
    waiting.lookAgain();
    listeners.notify(null, state);
    for (const happening of tellings(before, state, input)) tell(happening);
  }

  function tell(happening: SessionHappening): void {
    listeners.notify({ ...happening, at: clock.now() }, state);
  }

  /** What the SDK holds now is the session. */
  function hold(grant: Grant | null): void {
    const { record } = state;
    const now = clock.now();
    if (grant === null) {
      dispatch({ type: state.renewing ? 'overtaken' : 'found', record: undefined });
    } else if (record === null || record.held.user?.id !== grant.user?.id) {
      const next = firstRecord(grant, uniqueId(), record ?? undefined, now, 0, random());
      dispatch({ type: 'signed-in', record: next });
    } else {
      const same = record.held.token === grant.token;
      const next = same ? { ...record, held: grant, failure: undefined } : successor(record, grant, now, 0);
      dispatch({ type: state.renewing ? 'renewed' : 'found', record: next as LiveRecord });
    }
  }

  function ask(force: boolean): Promise<void> {
    asking ??= askOnce(force).finally(() => {
      asking = null;
      waiting.lookAgain();
    });
    return asking;
  }

  async function askOnce(force: boolean): Promise<void> {
    dispatch({ type: 'renewal-started' });
    try {
      hold(await sdk.token(force));
    } catch (error) {
      const { record } = state;
      // An SDK that cannot reach its server has not ended anything.
      const failed = record && withFailure(record, asRefusal(error), 'back-off', random(), clock.now());
      if (failed) dispatch({ type: 'renewal-failed', record: failed });
    }
  }

  function start(): void {
    if (state.phase !== 'idle') return;
    dispatch({ type: 'started' });
    disconnect = sdk.connect(hold);
  }

  async function settled(): Promise<void> {
    start();
    if (state.phase !== 'restoring') return;
    await waiting.wait(() => state.phase !== 'restoring' || undefined, PATIENCE);
    if (state.record === null) dispatch({ type: 'found', record: undefined });
  }

  async function end(reason: EndReason, sid?: string): Promise<void> {
    await settled();
    if (state.record === null || (sid !== undefined && sid !== state.record.sid)) return;
    dispatch({ type: 'ended', reason, telling: true });
    await sdk.end().catch((error: unknown) => {
      tell({ type: 'logout-not-confirmed', code: asRefusal(error).code });
    });
    dispatch({ type: 'told' });
  }

  const usable: SessionEngine['usable'] = (ahead = 0) => usableToken(state, clock.now(), ahead);

  return {
    http,
    state: () => state,
    start,
    settled,
    usable,
    tell,
    listen: listeners.listen,
    dispose() {
      disconnect();
      listeners.clear();
    },
    async token(ahead = 0) {
      await settled();
      dispatch({ type: 'time-passed' });
      const asked = state.record;
      if (asked === null) return null;
      if (usable(ahead) === null) void ask(false);
      // Once the SDK has given up there is nothing to wait for.
      const look = (): UsableToken | AuthError | undefined =>
        awaitedToken(asked, state, clock.now(), ahead, PATIENCE) ??
        (asking === null ? unavailable(state.record ?? asked, clock.now()) : undefined);
      const seen = usable(ahead) ?? (await waiting.wait(look, PATIENCE));
      if (seen instanceof AuthError) throw seen;
      if (seen === undefined) throw unavailable(asked, clock.now());
      return seen;
    },
    async signIn(input) {
      await settled();
      const result = await provider.signIn.start(input, http);
      if ('token' in result) throw elsewhere(provider);
      return result;
    },
    answer: () => Promise.reject(elsewhere(provider)),
    accept: () => Promise.reject(elsewhere(provider)),
    async refresh() {
      await settled();
      const before = state;
      if (before.record === null) throw authError('needs-user', 'unauthenticated');
      await ask(true);
      const { record } = state;
      if (record === null) throw sessionEnded(state);
      if (record.failure) throw new AuthError(record.failure);
    },
    rejected: rejectionAnswer(
      clock,
      () => state,
      usable,
      tell,
      end,
      () => ask(true),
    ),
    end,
  };
}

function elsewhere({ id }: AuthProvider): AuthError {
  return authError('misconfigured', 'sign-in-elsewhere', id);
}
