import type { Json, JwtClaims, UrlRule } from 'ngx-latchkey/core';

/** Which workspace is meant. */
export interface EightBaseWorkspace {
  readonly workspaceId: string;
  /** An environment of the workspace other than its default, such as `Staging`; the endpoint ends in its name then. */
  readonly environment?: string;
  /** Default `https://api.8base.com`. */
  readonly url?: string;
}

/** What a new row of the Users table begins with; 8base's `UserCreateInput`. */
export interface EightBaseUserInput {
  readonly email: string;
  readonly [field: string]: Json;
}

/** Options of `eightBase` and of `eightBaseApi`. */
export interface EightBaseOptions extends EightBaseWorkspace {
  /** The authentication profile, from `App Services > Authentication` in the 8base console. */
  readonly authProfileId: string;
  /** Where the token may go besides the workspace. */
  readonly api?: readonly UrlRule[];
  /** Fields of the user to ask for besides the usual ones, as GraphQL: `'avatar { downloadUrl } team { name }'`. */
  readonly userFields?: string;
  /** Where the roles are in the user, dotted: a list of names, or of objects with a `name`. Default `roles.items`. */
  readonly roles?: string;
  /**
   * Where the permissions are in the user, dotted: a list of names, or of 8base's own permission objects, which are read as `data.Posts.read`.
   * Default `permissions.items`.
   */
  readonly permissions?: string;
  /**
   * What the row of somebody begins with who signs in for the first time. The `email` has to be the token's. Default: `email`, `firstName` and
   * `lastName` of the token.
   */
  readonly newUser?: (claims: JwtClaims) => EightBaseUserInput;
}
