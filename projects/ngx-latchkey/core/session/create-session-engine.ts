import { AuthError, authError } from '../contract/auth-error';
import type { AuthProvider } from '../contract/auth-provider';
import type { Grant } from '../contract/grant';
import type { OwnSession, RenewableSession } from '../contract/session-kind';
import type { Challenge, Redirect } from '../contract/sign-in';
import { authHttp } from './exchange';
import { sessionFarewell } from './farewell';
import { sessionListeners } from './listeners';
import type { SessionPorts } from './ports';
import type { Probe, Probing } from './probe';
import { type SessionInput, reduce, tellings } from './reduce';
import { recordReader } from './record-reader';
import { rejectionAnswer } from './rejection-answer';
import { renewSession } from './renew';
import { unavailable } from './renewal-failure';
import { type Circumstances, nextMoment, renewalMoment } from './schedule';
import { timedTransport } from './server-time';
import type { SessionEngine, SignInOutcome, UsableToken } from './session-engine';
import type { SessionHappening } from './session-event';
import {
  type EndReason,
  type LiveRecord,
  type SessionRecord,
  firstRecord,
  isLive,
  sameUser,
  tombstone,
} from './session-record';
import { initialState, isRenewable } from './session-state';
import { sessionUser } from './session-user';
import { roomAt } from './strain';
import { awaitedToken, sessionEnded, usableToken } from './usable-token';
import { waitingRoom } from './waiting-room';

/** Milliseconds that a request waits for a token before it fails. */
const PATIENCE = 15_000;
const RESTORE_DEADLINE = 5_000;
const LONGEST_TIMER = 60_000;
/** Milliseconds over which pages spread their first renewal after they come back: after a moment, and after a long time or a failure. */
const CALM = 3_000;
const LONG_CALM = 30_000;
const LONG_ABSENCE = 600_000;
const LOOK_AGAIN = 3_000;
/** Renewals in a row that rejections of an API may force. */
const MOST_FORCED = 5;

/**
 * The engine of one session. Inert until it is started; everything it needs comes through its ports.
 *
 * The state changes in `dispatch` and nowhere else, and what happens next follows from the state: who waits looks again, and one
 * timer is set for the next moment that matters.
 */
export function createSessionEngine(provider: AuthProvider, ports: SessionPorts): SessionEngine {
  const { clock, channel, attention, random } = ports;
  // A delegated one brings what runs it in this engine's place.
  const session = provider.session as OwnSession;
  const waiting = waitingRoom(clock);
  const listeners = sessionListeners();
  let state = initialState(session.kind === 'renewable' ? session.secret : null);
  let renewal: Promise<void> | null = null;
  let stopTimer = (): void => undefined;
  let stopHearing: (() => void) | null = null;
  let stopAttending = stopTimer;
  // Where in its span the next renewal falls: drawn once for each token.
  let jitter = 0;
  let wokenAt = 0;
  let calmUntil = 0;
  // What is asked once, at the start.
  let unchecked = true;
  let arrival: Promise<unknown> | undefined;

  const change: typeof ports.store.change = async decide => {
    const record = await ports.store.change(decide);
    channel.announce();
    return record;
  };
  const store = { read: ports.store.read, change };
  const { transport, skew } = timedTransport(ports.transport, clock, ahead => {
    tell({ type: 'clock-skew', skew: ahead });
  });
  const http = authHttp(transport);
  const shared: SessionPorts = { ...ports, store, transport };
  const user = sessionUser(provider, http, {
    change,
    tell,
    known(record) {
      if (state.record?.sid === record.sid) dispatch({ type: 'identified', record });
    },
    refused: sid => end(session.kind === 'fixed' ? 'expired' : 'subject-changed', sid),
  });
  const farewell = sessionFarewell(session, transport, store, tell);
  const engine: Probing = { ports: shared, accept, tell, goOn: foundNothing };
  // The contract knows no engines, hence the types.
  const { probe: toProbe, renew: exchange } = session as RenewableSession;
  const probe = toProbe?.(exchange, engine as never) as Probe | undefined;

  function dispatch(input: SessionInput): void {
    step({ type: 'time-passed' });
    step(input);
    setTimer();
  }

  function step(input: SessionInput): void {
    const before = state;
    state = reduce(before, input, clock.now());
    if (state === before) return;
    if (state.record !== before.record) jitter = random();
    waiting.lookAgain();
    listeners.notify(null, state);
    for (const happening of tellings(before, state, input)) tell(happening);
  }

  function tell(happening: SessionHappening): void {
    listeners.notify({ ...happening, at: clock.now() }, state);
  }

  function circumstances(): Circumstances {
    return {
      now: clock.now(),
      visible: attention.visible(),
      online: attention.online(),
      busy: renewal !== null,
      waitedFor: waiting.occupied(),
      jitter,
      wokenAt,
      calmUntil,
    };
  }

  function setTimer(): void {
    stopTimer();
    const at = nextMoment(state, circumstances());
    if (at === Infinity) return;
    stopTimer = clock.after(Math.min(Math.max(at - clock.now(), 0), LONGEST_TIMER), wake);
  }

  /** A timer is a hint; what to do is decided by the time that it really is. */
  function wake(): void {
    const due = renewalMoment(state, circumstances()) <= clock.now();
    step({ type: 'time-passed' });
    waiting.lookAgain();
    setTimer();
    if (due) void renew();
  }

  const look = recordReader(store.read, found, unreadable);

  function found(record: SessionRecord | undefined): void {
    // Whoever has a session hears of its end, and does not ask for another.
    if (state.record === null && probe?.(record)) return;
    dispatch({ type: 'found', record });
    farewell.payDebt(record);
    if (unchecked && isLive(record) && session.kind === 'fixed') void user.check(record);
    unchecked = false;
  }

  /** A record that cannot be read is none, and takes no session away. Whoever could not hear meanwhile has to read it, though. */
  function unreadable(): void {
    if (state.away) clock.after(LOOK_AGAIN, look);
    else if (state.phase === 'restoring') foundNothing();
  }

  /** Nobody is signed in, unless it was found out meanwhile who is. */
  function foundNothing(): void {
    if (state.record === null) dispatch({ type: 'found', record: undefined });
  }

  function hear(): void {
    stopHearing ??= channel.listen(look);
  }

  function stopListening(): void {
    stopHearing?.();
    stopHearing = null;
  }

  function comeBack(): void {
    hear();
    const now = clock.now();
    const long = state.record?.failure !== undefined || now - wokenAt > LONG_ABSENCE;
    calmUntil = now + random() * (long ? LONG_CALM : CALM);
    wokenAt = now;
    look();
  }

  function start(arriving?: Promise<unknown>): void {
    if (state.phase !== 'idle') return;
    arrival = arriving;
    dispatch({ type: 'started' });
    wokenAt = clock.now();
    const leave = (): void => {
      // A browser does not bring a page back as it was that could have heard something meanwhile.
      stopListening();
      dispatch({ type: 'left' });
    };
    hear();
    stopAttending = attention.listen(comeBack, leave);
    if (arrival === undefined) look();
    else void arrival.catch(() => undefined).then(look);
  }

  async function settled(): Promise<void> {
    start();
    // Whoever comes back from signing in is nobody's guest before that is through.
    await arrival?.catch(() => undefined);
    if (state.phase !== 'restoring') return;
    const known = await waiting.wait(() => state.phase !== 'restoring' || undefined, RESTORE_DEADLINE);
    if (known === undefined) foundNothing();
  }

  const usable: SessionEngine['usable'] = (ahead = 0) => usableToken(state, clock.now(), ahead);

  async function token(ahead = 0): Promise<UsableToken | null> {
    // Who asks while the record is read again asks for the session that was there before.
    const { record } = state;
    await settled();
    const asked = record ?? state.record;
    if (asked === null) return null;
    const look = (): UsableToken | AuthError | undefined =>
      awaitedToken(asked, state, clock.now(), ahead, PATIENCE);
    let seen = look();
    if (seen === undefined) {
      const waited = waiting.wait(look, PATIENCE);
      wake();
      seen = (await waited) ?? unavailable(asked, clock.now());
    }
    if (seen instanceof AuthError) throw seen;
    return seen;
  }

  function renew(forced = false): Promise<void> {
    renewal ??= renewOnce(forced).finally(() => {
      renewal = null;
      setTimer();
    });
    return renewal;
  }

  /** Renews for an API that does not take the token, if there is room for it. */
  async function renewForced({ strain }: LiveRecord): Promise<void> {
    const now = clock.now();
    if (roomAt(strain, now, MOST_FORCED) > now) {
      tell({ type: 'too-many-renewals' });
    } else {
      void renew(true);
      await waiting.wait(() => !state.renewing || undefined, PATIENCE);
    }
  }

  async function renewOnce(forced: boolean): Promise<void> {
    const { record } = state;
    if (record === null || session.kind !== 'renewable') return;
    dispatch({ type: 'renewal-started' });
    const outcome = await renewSession(record, {
      session,
      ports: shared,
      tell,
      skew,
      forced,
    });
    // A logout or another sign-in may have come first; what was asked for an older session must not touch it.
    if (state.record?.sid === record.sid) dispatch(outcome);
    if (outcome.type === 'renewed') void user.check(outcome.record);
  }

  async function accept(grant: Grant): Promise<void> {
    start();
    const now = clock.now();
    const sid = ports.uniqueId();
    const dice = random();
    const record = await change(before => firstRecord(grant, sid, before, now, skew(), dice));
    if (!isLive(record)) return;
    dispatch({ type: 'signed-in', record });
    if (record.held.user === undefined) await user.identify(record);
  }

  /** What the server makes of a sign-in: a session, or one more thing that it wants. */
  async function signIn(ask: () => Promise<Grant | Challenge | Redirect>): Promise<SignInOutcome> {
    await settled();
    // A logout that the server hears of only now would take the new session's cookie with it.
    await farewell.debtPaid();
    dispatch({ type: 'sign-in-started' });
    try {
      const result = await ask();
      if (!('token' in result)) return result;
      await accept(result);
      return { user: state.record?.held.user ?? null };
    } finally {
      dispatch({ type: 'sign-in-stopped' });
    }
  }

  async function end(reason: EndReason, sid?: string): Promise<void> {
    if (state.record === null) await settled();
    const { record } = state;
    if (record === null) return;
    if (sid !== undefined && sid !== record.sid) return;
    // Not when the storage gets round to it: somebody may have signed in again by then.
    const at = clock.now();
    const telling = reason === 'user';
    const owed = telling && state.secret === 'cookie';
    dispatch({ type: 'ended', reason, telling });
    const { endedEpoch } = state;
    let last: SessionRecord = record;
    await change(current => {
      if (current === undefined) return undefined;
      // Who logs out in a page that has not caught up with the others means to be logged out there too.
      const caughtUp = isLive(current) && current.epoch <= endedEpoch && sameUser(record, current);
      if (current.sid !== record.sid && !caughtUp) return undefined;
      last = current;
      return { ...tombstone(current, reason, at), owed };
    });
    // It may be one that this tab has just begun.
    if (last.sid !== record.sid) look();
    if (!telling) return;
    await farewell.say(isLive(last) ? last.held : record.held, last.sid);
    dispatch({ type: 'told' });
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
      stopListening();
      stopAttending();
      listeners.clear();
    },
    listen: listeners.listen,
    signIn: input => signIn(() => provider.signIn.start(input, http)),
    answer: (challenge, input) =>
      signIn(
        async () =>
          (await provider.signIn.answer?.(challenge, input, http)) ??
          Promise.reject(authError('misconfigured', 'unanswerable', provider.id)),
      ),
    async refresh() {
      await settled();
      const before = state;
      if (before.record === null) throw authError('needs-user', 'unauthenticated');
      if (!isRenewable(before)) throw authError('not-now', 'not-renewable');
      await renew();
      const { record, endReason } = state;
      if (record?.failure) throw new AuthError(record.failure);
      if (endReason) throw sessionEnded(state);
      const { sid, generation } = before.record;
      if (record?.sid === sid && record.generation === generation) throw unavailable(record, clock.now());
    },
    rejected: rejectionAnswer(clock, () => state, usable, tell, end, renewForced),
  };
}
