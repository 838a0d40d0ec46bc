/** What the server remembers. All times are milliseconds since the epoch; the data file shows them as ISO 8601. */

export type ClaimValue = string | number | boolean | readonly string[];

export interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly passwordHash: string;
  /** Further claims of the access token, for rules such as `{claim: "department", value: "physics"}`. */
  readonly claims?: Readonly<Record<string, ClaimValue>>;
  /** May not sign in. */
  readonly locked?: boolean;
  /** Whether the password is still the one the seeds announce at start. */
  readonly seeded?: boolean;
}

export type Transport = 'body' | 'cookie' | 'averos';

/** An access token that is not a JWT: only its digest is kept. */
export interface OpaqueToken {
  readonly digest: string;
  readonly number: number;
  readonly generation: number;
  readonly expiresAt: number;
}

/** One family of refresh tokens: what a login starts and a logout, a revocation or a reuse ends. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly transport: Transport;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  /** 0 at login, one more with every rotation. */
  readonly generation: number;
  /** Digest of the refresh token that is good now. */
  readonly current: string;
  readonly previous?: { readonly digest: string; readonly rotatedAt: number };
  /** Digests of all refresh tokens before the previous one, oldest first. */
  readonly spent: readonly string[];
  /** Access tokens are numbered within their session, so that all issued so far can be ended at once. */
  readonly accessIssued: number;
  readonly accessEndedThrough: number;
  readonly opaque: readonly OpaqueToken[];
  readonly ended?: { readonly at: number; readonly why: SessionEnd };
}

export type SessionEnd = 'logout' | 'reused' | 'revoked';

/** A token that would have been e-mailed; a dev server shows it on its console page instead. */
export interface PendingToken {
  readonly kind: 'password-reset' | 'email-verification';
  readonly userId: string;
  readonly token: string;
  readonly expiresAt: number;
}

export interface Note {
  readonly id: string;
  readonly userId: string;
  readonly text: string;
  readonly createdAt: number;
}

export interface SigningSecret {
  readonly id: string;
  readonly secret: string;
}

export interface State {
  /** Signs access tokens when the configuration names no secret. */
  readonly signingSecret: SigningSecret;
  /** Derives each refresh token's successor, so that a repeat gets the same one although only digests are kept. */
  readonly successorKey: string;
  readonly users: readonly User[];
  readonly sessions: readonly Session[];
  readonly pendingTokens: readonly PendingToken[];
  readonly notes: readonly Note[];
}
