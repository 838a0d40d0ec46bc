import type { Rotation, UrlRule } from 'ngx-latchkey/core';
import type { SrpSignIn } from './cognito-srp';

/** What `login` takes. The name may be whatever the pool signs in by: a name, an e-mail address, a telephone number. */
export interface CognitoCredentials {
  readonly username: string;
  readonly password: string;
}

/** Options of {@link cognito}. */
export interface CognitoOptions {
  /** The region of the pool, such as `eu-west-1`. */
  readonly region: string;
  /** The pool, such as `eu-west-1_AbCdEf123`. */
  readonly userPoolId: string;
  /** An app client of the pool, without a client secret. */
  readonly clientId: string;
  /** Which token APIs get. API Gateway authorizers often want the `id` token. Default `'access'`. */
  readonly token?: 'access' | 'id';
  /** Where the token may go. Cognito itself is no such place. */
  readonly api?: readonly UrlRule[];
  /**
   * Signs in by SRP, in which the password never leaves the page (`USER_SRP_AUTH`). Left out, it is sent (`USER_PASSWORD_AUTH`). The app
   * client has to allow the one that is used.
   *
   * @example srp: srp(() => import('cognito-srp-helper'))
   */
  readonly srp?: SrpSignIn;
  /**
   * The operation that renews the session. The default works with and without rotation; `'REFRESH_TOKEN_AUTH'` is for servers that do not
   * know it, such as cognito-local, and for pools without rotation.
   */
  readonly renewal?: 'GetTokensFromRefreshToken' | 'REFRESH_TOKEN_AUTH';
  /**
   * What the pool does with a refresh token that comes twice. The default, `'grace'`, is right for pools without rotation, and for those
   * whose grace period is thirty seconds or more; with a shorter one say `'strict'`.
   */
  readonly rotation?: Rotation;
  /** Another server than the region's own, such as `http://localhost:9229` for cognito-local. */
  readonly endpoint?: string;
  /** The claim of the ID token that lists the user's roles, dotted where it is nested. Default `'cognito:groups'`. */
  readonly roles?: string;
  /** The claim of the ID token that lists the user's permissions. Default: none. */
  readonly permissions?: string;
}
