import type { JsonObject } from './json';

/**
 * Who is signed in, the same for every back end. An application adds members of its own by declaration merging.
 *
 * These are for display and for hiding what a user cannot use. What a user may do is the server's decision.
 *
 * @example
 * declare module 'ngx-latchkey/core' {
 *   interface AuthUser {
 *     readonly department?: string;
 *   }
 * }
 */
export interface AuthUser {
  /** What the back end calls the user, and nobody else: the `sub` of a token, the key of a row. Another id is another user. */
  readonly id: string;
  /** A name to show. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** Empty where the back end tells of none. */
  readonly roles: readonly string[];
  /** Empty where the back end tells of none. */
  readonly permissions: readonly string[];
  /** What the back end sent about the user, as it came. */
  readonly profile: JsonObject;
}
