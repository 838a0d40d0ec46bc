import type { JsonObject } from './json';

/**
 * Who is signed in, the same for every back end. An application adds members of its own by declaration merging.
 *
 * These are for display and for hiding what a user cannot use. What a user may do is the server's decision.
 */
export interface AuthUser {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  /** What the back end sent about the user, as it came. */
  readonly profile: JsonObject;
}
