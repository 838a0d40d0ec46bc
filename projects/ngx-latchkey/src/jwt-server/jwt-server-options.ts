import type { AuthUser, JsonObject, Rotation, SessionProbe, UrlRule, WireAnswer } from 'ngx-latchkey/core';

/** Where the server's endpoints are, below `url`. */
export interface JwtServerPaths {
  /** Default `/auth/login`. */
  readonly login: string;
  /** Default `/auth/refresh`. */
  readonly refresh: string;
  /** Default `/auth/logout`. */
  readonly logout: string;
  /** Default `/auth/register`. */
  readonly register: string;
  /** Default `/auth/password/forgot`. */
  readonly forgotPassword: string;
  /** Default `/auth/password/reset`. */
  readonly resetPassword: string;
  /** Default `/auth/email/verify`. */
  readonly verifyEmail: string;
  /** Who the user is, asked with the token when the login does not say it. Default `/auth/me`. */
  readonly user: string;
}

/**
 * The names of members in requests and answers, each its own name by default. Dots lead into the objects of an answer
 * (`'data.tokens.refresh'`); a request takes the last name (`refresh`).
 */
export interface JwtServerFields {
  /** In requests, like `password`. */
  readonly username: string;
  readonly password: string;
  /** In answers. */
  readonly accessToken: string;
  /** In answers, and in the requests for a renewal and a logout. */
  readonly refreshToken: string;
  /** Seconds that the access token lives. Where there is none, the `exp` and `iat` of a JWT serve. */
  readonly expiresIn: string;
  /** The user in an answer; where there is none, the claims of the access token serve. */
  readonly user: string;
  /** A member of the user or a claim, like those that follow. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: string;
  readonly permissions: string;
}

/** Options of {@link jwtServer}. */
export interface JwtServerOptions {
  /** The server, such as `https://auth.example.com`, or a path of the page's own origin, such as `/auth-server`. */
  readonly url: string;
  /** Endpoints that are elsewhere than `/auth/login`, `/auth/refresh`, `/auth/logout`, `/auth/register`, … */
  readonly paths?: Partial<JwtServerPaths>;
  /** Members with other names than `accessToken`, `refreshToken`, `expiresIn`, `user`, … */
  readonly fields?: Partial<JwtServerFields>;
  /**
   * How the refresh token travels: in the `body` (the default), or in an HttpOnly `cookie` that script cannot read, which is
   * safer where the server offers it; see also `probe`.
   */
  readonly refreshToken?: 'body' | 'cookie';
  /**
   * Asks at the start of a page that has kept no session whether the `cookie` still holds one: `cookieProbe()`. A browser may delete what pages
   * store, as Safari does after seven days without a visit, and keep the cookie. Without it the user has to sign in again then.
   */
  readonly probe?: SessionProbe;
  /** What the server does with a refresh token that comes twice. With `'strict'` a renewal whose answer was lost is not repeated while the token serves. Default `'grace'`. */
  readonly rotation?: Rotation;
  /** Where the access token may go besides the server's own origin. Where paths of that are among them, it goes to those alone. */
  readonly api?: readonly UrlRule[];
  /** Makes the user from the server's user object, or from the claims, in place of `fields`. */
  readonly toUser?: (source: JsonObject) => AuthUser;
  /**
   * Whether an answer of the refresh endpoint means that the session is over. Default: status 401 with a JSON object, or a JSON member
   * `error` or `code` that is `invalid_grant`. Everything else is tried again.
   */
  readonly isRefused?: (answer: WireAnswer) => boolean;
}

export const DEFAULT_PATHS: JwtServerPaths = {
  login: '/auth/login',
  refresh: '/auth/refresh',
  logout: '/auth/logout',
  register: '/auth/register',
  forgotPassword: '/auth/password/forgot',
  resetPassword: '/auth/password/reset',
  verifyEmail: '/auth/email/verify',
  user: '/auth/me',
};

/** How the server calls a member of its answers: by its usual name, unless it is told otherwise. */
export type FieldName = (usual: keyof JwtServerFields) => string;

/** The name that a member has in a request. */
export function requestName(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1);
}
