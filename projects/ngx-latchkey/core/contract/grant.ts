import type { AuthUser } from './auth-user';
import type { Json } from './json';
import type { Refusal } from './refusal';

/** What a server hands out when it signs a user in or renews a session. */
export interface Grant {
  /** The token that APIs take: an access token, an ID token or an opaque string, whatever the back end wants. */
  readonly token: string;
  /** Seconds from now that the token lives. Left out: the token's own `exp` and `iat` if it is a JWT, else unknown. */
  readonly expiresIn?: number | undefined;
  /**
   * What renews the session, typically a refresh token. Left out of a renewal, the old one stays (RFC 6749, section 6).
   * Never sent anywhere but in {@link RenewableSession.renew} and `end`.
   */
  readonly secret?: string | undefined;
  /** Left out of a renewal, the user known so far stays. */
  readonly user?: AuthUser | undefined;
  /** What the provider needs to remember for the next renewal, such as a whole user object. */
  readonly memory?: Json | undefined;
  /**
   * What is wrong with the rest of a renewal's answer, for a provider that takes nothing else from it. The secret counts all the same, since the
   * server may have replaced the one before. With a new token the session goes on, and listeners hear of it (`user-unknown`); with the token that
   * is held already the renewal has failed.
   */
  readonly flaw?: Refusal | undefined;
}

/** What the engine holds of a session and shows to its provider. */
export interface Held {
  /** As the last grant had it; see {@link Grant.token}. */
  readonly token: string;
  /** What renews the session: that of the last grant that had one. */
  readonly secret?: string | undefined;
  /** `undefined` until somebody says who the user is. */
  readonly user?: AuthUser | undefined;
  /** What the provider has asked to remember. */
  readonly memory?: Json | undefined;
}
