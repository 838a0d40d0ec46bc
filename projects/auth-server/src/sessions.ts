import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';
import type { GrantRefusal } from './errors.js';
import { digestOf, randomToken, successorOf } from './opaque-token.js';
import { decideRefresh } from './rotation.js';
import type { TokenPolicy } from './settings.js';
import type { Session, SessionEnd, Transport } from './state.js';
import type { Store } from './store.js';

/** Over sessions are remembered this long, to say why a late refresh is refused. Milliseconds. */
const REMEMBER_ENDED = 86_400_000;

export interface Issued {
  readonly session: Session;
  readonly refreshToken: string;
}

export type Refreshed =
  | (Issued & { readonly outcome: 'rotated' | 'repeated' })
  | { readonly outcome: 'refused'; readonly reason: GrantRefusal; readonly session?: Session };

/** Starts, refreshes and ends sessions. Every change happens within one turn, so parallel requests cannot interleave. */
export class Sessions {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #policy: () => TokenPolicy;

  constructor(store: Store, clock: Clock, policy: () => TokenPolicy) {
    this.#store = store;
    this.#clock = clock;
    this.#policy = policy;
  }

  start(userId: string, transport: Transport): Issued {
    this.#forgetOld();
    const now = this.#clock.now();
    const refreshToken = randomToken();
    const session: Session = {
      id: randomUUID(),
      userId,
      transport,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: now + this.#policy().refreshTokenLifetime * 1000,
      generation: 0,
      current: digestOf(refreshToken),
      spent: [],
      accessIssued: 0,
      accessEndedThrough: 0,
      opaque: [],
    };
    this.#store.putSession(session);
    return { session, refreshToken };
  }

  /** A token presented over another transport than its own is unknown: a cookie's token must not work from script. */
  refresh(presented: string, transport: Transport): Refreshed {
    const digest = digestOf(presented);
    const session = this.#store.sessionOf(digest);
    if (session?.transport !== transport || isAccessToken(session, digest)) {
      return { outcome: 'refused', reason: 'unknown' };
    }
    const refreshToken = successorOf(presented, this.#store.successorKey);
    const { rotation, overlap, refreshTokenLifetime } = this.#policy();
    const policy = { rotation, overlap: overlap * 1000, lifetime: refreshTokenLifetime * 1000 };
    const decision = decideRefresh(session, digest, digestOf(refreshToken), policy, this.#clock.now());
    this.#store.putSession(decision.session);
    return decision.kind === 'refused'
      ? { outcome: 'refused', reason: decision.reason, session: decision.session }
      : { outcome: decision.kind, session: decision.session, refreshToken };
  }

  /** The session of any of its refresh tokens, whatever its state. */
  find(refreshToken: string, transport: Transport): Session | undefined {
    const digest = digestOf(refreshToken);
    const session = this.#store.sessionOf(digest);
    return session?.transport === transport && !isAccessToken(session, digest) ? session : undefined;
  }

  end(id: string, why: SessionEnd): void {
    const session = this.#store.session(id);
    if (session?.ended !== undefined || session === undefined) return;
    this.#store.putSession({ ...session, ended: { at: this.#clock.now(), why } });
  }

  /** Ends all sessions, or those of one user; answers how many. */
  endAll(why: SessionEnd, userId?: string): number {
    const open = this.#store.sessions.filter(
      session => session.ended === undefined && (userId === undefined || session.userId === userId),
    );
    for (const session of open) this.end(session.id, why);
    return open.length;
  }

  /** Makes every access token issued so far worthless; the sessions live on. */
  expireAccess(userId?: string): void {
    for (const session of this.#store.sessions) {
      if (userId !== undefined && session.userId !== userId) continue;
      this.#store.putSession({ ...session, accessEndedThrough: session.accessIssued });
    }
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    const kept = this.#store.sessions.filter(
      session => now - (session.ended?.at ?? session.expiresAt) <= REMEMBER_ENDED,
    );
    if (kept.length < this.#store.sessions.length) {
      this.#store.replace({ ...this.#store.snapshot(), sessions: kept });
    }
  }
}

function isAccessToken(session: Session, digest: string): boolean {
  return session.opaque.some(token => token.digest === digest);
}
