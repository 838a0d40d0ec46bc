import type { Json, Rotation, UrlRule } from 'ngx-latchkey/core';
import type { FeathersFailure } from './feathers-failure';

/** What a strategy of the server takes, such as `{ email, password }` for `local`. */
export interface FeathersCredentials {
  /** Default: the option `strategy`. */
  readonly strategy?: string;
  readonly [field: string]: Json | undefined;
}

/** A sign-in at another provider that the server knows. */
export interface FeathersOAuth {
  /** The server's name for it, such as `github`. */
  readonly oauth: string;
  /** The page to come back to: a path of the application without a fragment. Default `/`. */
  readonly redirect?: string;
}

/** What a sign-in takes. */
export type FeathersInput = FeathersCredentials | FeathersOAuth;

/** How a server of yours renews a token; Feathers itself cannot. */
export interface FeathersRefresh {
  /** The strategy that is posted with the refresh token, to `service`. */
  readonly strategy?: string;
  /** The service that is posted to. Default: the option `path`. */
  readonly service?: string;
  /** The member that holds the refresh token, in the answers and in the request. Default `refreshToken`. */
  readonly field?: string;
  /** What the server does with a refresh token that comes twice. Default `'grace'`. */
  readonly rotation?: Rotation;
}

/** Options of {@link feathers}. */
export interface FeathersOptions {
  /** The server, such as `https://api.example.com`. */
  readonly url: string;
  /** The authentication service. Default `/authentication`. */
  readonly path?: string;
  /** The strategy of a sign-in that names none. Default `local`. */
  readonly strategy?: string;
  /** The strategy that takes an access token. Default `jwt`. */
  readonly jwtStrategy?: string;
  /** The member of the answers that holds the user; `null` for a server that has none. Default `user`. */
  readonly entity?: string | null;
  /** The service of the users. Default `/users`. */
  readonly users?: string;
  /** Where OAuth begins. Default `/oauth`. */
  readonly oauthPath?: string;
  /** A strategy of yours, by its name, or a service, that hands out a new token for a refresh token. Without it a session lives as long as its token. */
  readonly refresh?: string | FeathersRefresh;
  /** The header that carries the token. Default `Authorization`. */
  readonly header?: string;
  /** The word before the token; empty for the bare token. Default `Bearer`. */
  readonly scheme?: string;
  /** Where the user's roles are, dotted where they are nested. Default `roles`, or else `role`. */
  readonly roles?: string;
  /** Where the user's permissions are. Default `permissions`. */
  readonly permissions?: string;
  /** Where the token may go besides the server's own origin. Where paths of that are among them, it goes to those alone. */
  readonly api?: readonly UrlRule[];
  /** Names a failed sign-in that only your server knows, such as `account-locked`; `undefined` for what it does not know. */
  readonly failureCode?: (failure: FeathersFailure) => string | undefined;
}
