import { AuthError, authError } from '../contract/auth-error';
import type { AuthProvider } from '../contract/auth-provider';
import type { AuthUser } from '../contract/auth-user';
import type { Grant, Held } from '../contract/grant';
import { isRefusal, type Refusal } from '../contract/refusal';
import type { Challenge, Redirect } from '../contract/sign-in';
import type { AuthHttp } from '../contract/wire';
import { asRefusal, authHttp, perform } from './exchange';
import type { SessionPorts } from './ports';
import { reduce, type SessionInput } from './reduce';
import { decideRejection, type Rejection } from './rejection';
import { firstRecord, renewSession } from './renew';
import { backOff, renewalDue } from './schedule';
import type { SessionEvent, SessionHappening } from './session-event';
import { type EndReason, type LiveRecord, isLive, tombstone } from './session-record';
import { initialState, type SessionState } from './session-state';
import { isUsable, usableUntil } from './token-life';
import { WaitingRoom } from './waiting-room';

/** A token that can be sent now, with what tells it from others. */
export interface UsableToken {
  readonly held: Held;
  readonly sid: string;
  readonly generation: number;
}

/** What a sign-in came to. */
export type SignInOutcome = { readonly user: AuthUser | null } | Challenge | Redirect;

/** Milliseconds that a request waits for a token before it fails. */
const PATIENCE = 15_000;
const RESTORE_DEADLINE = 5_000;
const LONGEST_TIMER = 60_000;

/**
 * Keeps one session of one back end alive. Inert until {@link start}; everything it needs comes through its ports.
 *
 * The state changes in {@link dispatch} and nowhere else, and what happens next follows from the state: who waits is let go, and one
 * timer is set for the next moment that matters.
 */
export class SessionEngine {
  readonly http: AuthHttp;
  private readonly provider: AuthProvider;
  private readonly ports: SessionPorts;
  private readonly requests: WaitingRoom<UsableToken | null>;
  private readonly restores: WaitingRoom<void>;
  private readonly listeners = new Set<(event: SessionEvent) => void>();
  private readonly watchers: ((state: SessionState) => void)[] = [];
  private readonly teardown: (() => void)[] = [];
  private state: SessionState;
  private renewal: Promise<void> | null = null;
  private stopTimer: () => void = () => undefined;
  private jitter = 0;
  private forced: { readonly generation: number; readonly at: number } | null = null;

  constructor(provider: AuthProvider, ports: SessionPorts) {
    this.provider = provider;
    this.ports = ports;
    this.http = authHttp(ports.transport);
    this.requests = new WaitingRoom(ports.clock);
    this.restores = new WaitingRoom(ports.clock);
    this.state = initialState(provider.session.kind === 'renewable');
  }

  get current(): SessionState {
    return this.state;
  }

  /** Reads what was kept and starts to listen; a second call does nothing. */
  start(): void {
    if (this.state.phase !== 'idle') return;
    const { attention, channel, store } = this.ports;
    const look = (): void =>
      void store.read().then(record => {
        this.dispatch({ type: 'found', record });
      });
    this.dispatch({ type: 'started' });
    this.teardown.push(channel.listen(look), attention.listen(look));
    look();
  }

  /** Stops timers and listeners; the session stays as it is kept. */
  dispose(): void {
    this.stopTimer();
    for (const stop of this.teardown.splice(0)) stop();
    this.listeners.clear();
  }

  /** Hears of each new state. */
  watch(watcher: (state: SessionState) => void): void {
    this.watchers.push(watcher);
  }

  /** Hears what happens, in order; a listener that throws disturbs nobody. */
  listen(listener: (event: SessionEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(happening: SessionHappening): void {
    const event: SessionEvent = { ...happening, at: this.ports.clock.now() };
    for (const listener of [...this.listeners]) {
      try {
        listener(event);
      } catch (error) {
        // Code of the application; it must not stop the engine half-way.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Resolves when it is known whether somebody is signed in, or after five seconds of a storage that does not answer. */
  async settled(): Promise<void> {
    this.start();
    if (this.state.phase !== 'restoring') return;
    const late = (): AuthError => authError('not-now', 'restore-timeout');
    await this.restores.wait(RESTORE_DEADLINE, late).catch(() => {
      this.dispatch({ type: 'found', record: undefined });
    });
  }

  /** The token if it can be sent this moment, without waiting. */
  usable(): UsableToken | null {
    const { record, renewable } = this.state;
    if (record === null || (renewable && !isUsable(record, this.ports.clock.now()))) return null;
    return { held: record.held, sid: record.sid, generation: record.generation };
  }

  /**
   * A token that can be sent, as soon as there is one; `null` when nobody is signed in. Rejects with `temporarily-unavailable` when
   * there is none in time, and with `session-ended` when the session ends meanwhile.
   */
  async token(): Promise<UsableToken | null> {
    await this.settled();
    const now = this.usable();
    if (now !== null || this.state.record === null) return now;
    const { failure } = this.state;
    if (failure === null) void this.renew();
    else if (failure.retryAt - this.ports.clock.now() > PATIENCE) throw this.unavailable();
    const token = this.requests.wait(PATIENCE, () => this.unavailable());
    this.setTimer();
    return token;
  }

  /** Signs in. Rejects with the provider's error and changes nothing when the server does not accept it. */
  async signIn(input: object): Promise<SignInOutcome> {
    this.start();
    const result = await this.provider.signIn.start(input, this.http);
    if (!('token' in result)) return result;
    await this.accept(result);
    return { user: this.state.record?.held.user ?? null };
  }

  /** Makes a grant the session, in place of whatever was before. */
  async accept(grant: Grant): Promise<void> {
    const { store, uniqueId, clock, channel } = this.ports;
    this.start();
    const receivedAt = clock.now();
    const kept = await store.change(current =>
      firstRecord(grant, uniqueId(), (current?.epoch ?? 0) + 1, receivedAt),
    );
    if (!isLive(kept)) return;
    this.dispatch({ type: 'signed-in', record: kept });
    await this.identify(kept);
    channel.announce();
  }

  /** Asks who the user is where the grant does not say it. The session is safe before and stays if nobody answers. */
  private async identify(record: LiveRecord): Promise<void> {
    const { identify } = this.provider;
    if (identify === undefined || record.held.user !== undefined) return;
    try {
      const user = await identify.call(this.provider, record.held, this.http);
      const kept = await this.ports.store.change(current =>
        isLive(current) && current.sid === record.sid
          ? { ...current, held: { ...current.held, user } }
          : undefined,
      );
      if (isLive(kept)) this.dispatch({ type: 'identified', record: kept });
    } catch (error) {
      this.tell({ type: 'user-unknown', code: asRefusal(error).code });
    }
  }

  /** Renews now; however many callers, one renewal. Rejects with an {@link AuthError} when it fails. */
  async refresh(): Promise<void> {
    await this.settled();
    if (this.state.record === null) throw authError('needs-user', 'unauthenticated');
    if (!this.state.renewable) throw authError('not-now', 'not-renewable');
    await this.renew();
    const { failure, endReason } = this.state;
    if (failure !== null) throw new AuthError(failure.refusal);
    if (endReason !== null) throw ended(endReason);
  }

  /** What to do about a request that an API rejected: send it again with another token, or hand the answer to the caller. */
  async rejected(rejection: Rejection): Promise<UsableToken | null> {
    const { record, renewable } = this.state;
    if (record === null) return null;
    const now = this.ports.clock.now();
    const decision = decideRejection(record, rejection, renewable, this.forced, now);
    if (decision === 'end') await this.end('expired', record.sid);
    if (decision === 'renew') {
      await this.renew();
      const generation = this.state.record?.generation ?? 0;
      if (generation > rejection.generation) this.forced = { generation, at: now };
    }
    const fresh = decision === 'replay' || decision === 'renew' ? this.usable() : null;
    return fresh?.sid === rejection.sid && fresh.generation > rejection.generation ? fresh : null;
  }

  /**
   * Ends the session here and in all tabs at once; the server is told afterwards and cannot undo it.
   *
   * @param sid the session that is meant, if not whichever there is
   */
  async end(reason: EndReason, sid?: string): Promise<void> {
    await this.settled();
    const { record } = this.state;
    if (record === null || (sid !== undefined && sid !== record.sid)) return;
    const { store, channel, transport, clock } = this.ports;
    this.dispatch({ type: 'ended', reason });
    await store.change(current =>
      current?.sid === record.sid ? tombstone(current, reason, clock.now()) : undefined,
    );
    channel.announce();
    const { session } = this.provider;
    if (reason !== 'user' || session.kind === 'delegated' || session.kind === 'cookie') return;
    const answer = session.end && (await perform(session.end, record.held, transport, 3_000));
    if (isRefusal(answer)) this.tell({ type: 'logout-not-confirmed', code: answer.code });
  }

  private renew(): Promise<void> {
    this.renewal ??= this.renewOnce().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async renewOnce(): Promise<void> {
    const { record } = this.state;
    const { session } = this.provider;
    if (record === null || session.kind !== 'renewable') return;
    this.dispatch({ type: 'renewal-started' });
    const result = await renewSession(record, session, this.ports);
    // A logout or another sign-in may have come first; what was asked for an older session must not touch it.
    if (this.state.record?.sid !== record.sid) return;
    switch (result.outcome) {
      case 'renewed':
        this.dispatch({ type: 'renewed', record: result.record, by: result.by });
        if (result.by === 'this-tab') this.ports.channel.announce();
        return;
      case 'found':
        this.dispatch({ type: 'renewal-overtaken', record: result.record });
        return;
      case 'ended':
        this.dispatch({ type: 'ended', reason: result.reason });
        this.ports.channel.announce();
        return;
      case 'failed':
        this.dispatch({ type: 'renewal-failed', failure: this.failed(result.refusal) });
    }
  }

  private failed(refusal: Refusal): NonNullable<SessionState['failure']> {
    const count = (this.state.failure?.count ?? 0) + 1;
    const atLeast = refusal.refusal === 'misconfigured' ? 60 : (refusal.retryAfter ?? 0);
    const retryAt = this.ports.clock.now() + backOff(count, atLeast, this.ports.random());
    return { refusal, count, retryAt };
  }

  private dispatch(input: SessionInput): void {
    const before = this.state;
    const { state, happenings } = reduce(before, input, this.ports.clock.now());
    this.state = state;
    if (state.record !== before.record) this.jitter = this.ports.random();
    if (state.phase !== 'restoring') this.restores.dismiss({ value: undefined });
    this.dismissRequests();
    this.setTimer();
    for (const watcher of this.watchers) watcher(state);
    for (const happening of happenings) this.tell(happening);
  }

  private dismissRequests(): void {
    const { record, endReason, failure } = this.state;
    const token = this.usable();
    if (token !== null) this.requests.dismiss({ value: token });
    else if (record === null && endReason !== null) this.requests.dismiss({ error: ended(endReason) });
    else if (failure !== null && failure.retryAt - this.ports.clock.now() > PATIENCE) {
      this.requests.dismiss({ error: this.unavailable() });
    }
  }

  private setTimer(): void {
    this.stopTimer();
    const at = this.nextMoment();
    if (at === Infinity) return;
    const now = this.ports.clock.now();
    const delay = Math.min(Math.max(at - now, 0), LONGEST_TIMER);
    this.stopTimer = this.ports.clock.after(delay, () => {
      this.wake();
    });
  }

  /** A timer is a hint; what to do is decided by the time that it really is. */
  private wake(): void {
    const due = this.renewalMoment() <= this.ports.clock.now();
    this.dispatch({ type: 'time-passed' });
    if (due && this.state.record !== null) void this.renew();
  }

  private nextMoment(): number {
    const { record, phase } = this.state;
    if (record === null) return Infinity;
    const expiry =
      phase === 'fresh' || phase === 'degraded' || phase === 'renewing' ? usableUntil(record) : Infinity;
    return Math.min(expiry, this.renewalMoment());
  }

  /** When to renew without being asked; hidden pages renew when they need to. */
  private renewalMoment(): number {
    const { record, failure, renewable, renewing, phase } = this.state;
    const waitedFor = this.requests.occupied;
    const wanted = waitedFor || this.ports.attention.visible();
    if (record === null || !renewable || renewing || !wanted) return Infinity;
    if (failure !== null) return failure.retryAt;
    return waitedFor && phase === 'blocked' ? 0 : renewalDue(record, this.jitter);
  }

  private unavailable(): AuthError {
    const { failure } = this.state;
    const seconds = failure && Math.ceil((failure.retryAt - this.ports.clock.now()) / 1000);
    return new AuthError({
      refusal: 'not-now',
      code: 'temporarily-unavailable',
      ...(failure?.refusal.status !== undefined && { status: failure.refusal.status }),
      ...(seconds !== null && seconds > 0 && { retryAfter: seconds }),
      facts: failure === null ? [] : [failure.refusal.code],
    });
  }
}

function ended(reason: EndReason): AuthError {
  return authError('needs-user', 'session-ended', reason);
}
