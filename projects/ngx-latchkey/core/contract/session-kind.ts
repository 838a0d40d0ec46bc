import type { AuthUser } from './auth-user';
import type { Grant, Held } from './grant';
import type { Exchange } from './exchange';

/**
 * What the server does with a refresh token that is used twice:
 * `none` never changes it, `grace` answers a repeat with the same successor for a while, `idempotent` always does,
 * `strict` ends the session.
 */
export type Rotation = 'none' | 'grace' | 'idempotent' | 'strict';

/** A session that can be renewed with a secret the page holds, or with a cookie that it cannot see. */
export interface RenewableSession {
  readonly kind: 'renewable';
  readonly secret: 'held' | 'cookie';
  readonly rotation: Rotation;
  /**
   * The members of the server's JSON answers that hold the secret, dotted where they are nested, such as `refresh_token`. Only with them can a
   * worker keep it; see `withWorkerVault`.
   */
  readonly secretAt?: readonly string[];
  readonly renew: Exchange<Held, Grant>;
  readonly end?: Exchange<Held, void>;
}

/** A session that lives as long as its token. */
export interface FixedSession {
  readonly kind: 'fixed';
  /** Asks once, when a kept session is found at the start, whether it still holds. A `refused` ends it, anything else but a user changes nothing. */
  readonly check?: Exchange<Held, AuthUser>;
  readonly end?: Exchange<Held, void>;
}

/** A session that the server keeps; there is no token in the page. */
export interface CookieSession {
  readonly kind: 'cookie';
  readonly probe: Exchange<void, AuthUser | null>;
  readonly end: Exchange<void, void>;
}

/** Tells the engine about a session that a vendor's own SDK keeps. */
export interface SessionSink {
  changed(grant: Grant | null): void;
}

/** A session that a vendor's own SDK keeps. */
export interface DelegatedSession {
  readonly kind: 'delegated';
  connect(sink: SessionSink): () => void;
  token(force: boolean): Promise<Grant | null>;
  end(): Promise<void>;
}

/** Who owns the session and how it is renewed. */
export type SessionKind = RenewableSession | FixedSession | CookieSession | DelegatedSession;
