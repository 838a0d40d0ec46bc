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
  /** Where what renews the session is: `held` by the page, or in a `cookie` that script cannot see. */
  readonly secret: 'held' | 'cookie';
  /** What the server does with a secret that comes twice. */
  readonly rotation: Rotation;
  /**
   * The members of the server's JSON answers that hold the secret, dotted where they are nested, such as `refresh_token`. Only with them can a
   * worker keep it; see `withWorkerVault`.
   */
  readonly secretAt?: readonly string[] | undefined;
  /** Asks for a session of which only a cookie is left. Default: nobody asks. */
  readonly probe?: SessionProbe | undefined;
  /** Renews the token. A `refused` ends the session, any other refusal is tried again. */
  readonly renew: Exchange<Held, Grant>;
  /** Asks after a renewal who the user is by now. A `refused` says that it is somebody else, and ends the session; anything else but a user changes nothing. */
  readonly check?: Exchange<Held, AuthUser>;
  /** Tells the server of a logout, when the session has ended here already. */
  readonly end?: Exchange<Held, void>;
}

/**
 * Asks at the start, where no session is kept, whether a cookie that script cannot see holds one. Made by `cookieProbe` of
 * `ngx-latchkey/core`: only applications with such a session load it.
 */
export type SessionProbe = (renew: Exchange<Held, Grant>, engine: never) => object;

/** A session that lives as long as its token. */
export interface FixedSession {
  readonly kind: 'fixed';
  /** Asks once, when a kept session is found at the start, whether it still holds. A `refused` ends it, anything else but a user changes nothing. */
  readonly check?: Exchange<Held, AuthUser>;
  /** Tells the server of a logout, when the session has ended here already. */
  readonly end?: Exchange<Held, void>;
}

/** What a vendor's own SDK does for its session. */
export interface VendorSdk {
  /** Calls back at once, or as soon as the SDK knows, and then with every change: what is held now, or `null` for nobody. The result stops it. */
  connect(changed: (grant: Grant | null) => void): () => void;
  /**
   * The token of this moment, renewed by the SDK if need be; `null` when nobody is signed in.
   *
   * @param force not one that the SDK has cached
   */
  token(force: boolean): Promise<Grant | null>;
  /** Signs out at the SDK; called by a logout. */
  end(): Promise<void>;
}

/** A session that a vendor's own SDK keeps. Made by `delegatedSession` of `ngx-latchkey/core`. */
export interface DelegatedSession {
  readonly kind: 'delegated';
  readonly sdk: VendorSdk;
  /** What runs it in the engine's place: only applications that have such a session load it. */
  readonly run: (provider: never, ports: never) => object;
}

/** A session that Latchkey keeps itself. */
export type OwnSession = RenewableSession | FixedSession;

/** Who owns the session and how it is renewed. */
export type SessionKind = OwnSession | DelegatedSession;
