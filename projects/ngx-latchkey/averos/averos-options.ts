import type { Rotation, UrlRule } from 'ngx-latchkey/core';

/** How a user object of Averos is read. */
export interface AverosUserOptions {
  /** Where the roles are, dotted: one name, a list of names, or of objects with a `name`. Default `roles`, else `role`. */
  readonly roles?: string;
  /** Where the permissions are, in the same way. Default `permissions`. */
  readonly permissions?: string;
}

/** Where the two services of Averos are, below `url`. */
export interface AverosPaths {
  /** Signing in and accounts. Default `/auth`. */
  readonly auth: string;
  /** User profiles. Default `/uapi/users`. */
  readonly users: string;
}

/** Options of `averos`. */
export interface AverosOptions extends AverosUserOptions {
  /** The Averos auth provider, such as `https://auth.example.com`; its endpoints are below `/auth` and `/uapi/users`. */
  readonly url: string;
  /** Endpoints that are elsewhere, as behind a gateway. */
  readonly paths?: Partial<AverosPaths>;
  /** Where the token may go besides the provider's own origin. Where paths of that are among them, it goes to those alone. */
  readonly api?: readonly UrlRule[];
  /**
   * Seconds that a token lives. Averos does not say it; who knows it can have tokens renewed ahead of time, instead of when an API
   * answers 401. A JWT needs no help.
   */
  readonly tokenLifetime?: number;
  /** What tells the roles: the `login`, or a `look-up` at `/auth/luroles` after it. Default `login`. */
  readonly rolesFrom?: 'login' | 'look-up';
  /** What the server does with a refresh cookie that comes twice. Default `'grace'`. */
  readonly rotation?: Rotation;
}
