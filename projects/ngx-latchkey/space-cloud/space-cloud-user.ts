import { type AuthUser, type Grant, isJsonObject, memberAt } from 'ngx-latchkey/core';

/** Where the roles and permissions of a user are; dots lead into objects. */
export interface SpaceCloudUserPaths {
  /** Default `'role'`, the one that is chosen at the sign-up. */
  readonly roles?: string;
  /** Default `'permissions'`. */
  readonly permissions?: string;
}

/** The token and the user in the body of a sign-in, a sign-up or an edited profile. */
export function grantIn(body: unknown, paths: SpaceCloudUserPaths): Grant | undefined {
  const token = memberAt(body, 'token');
  const user = userIn(body, paths);
  return typeof token === 'string' && token !== '' && user ? { token, user } : undefined;
}

/** The user in the body of a profile. */
export function userIn(body: unknown, paths: SpaceCloudUserPaths): AuthUser | undefined {
  return userFrom(memberAt(body, 'user'), paths);
}

/** The users in the body of all profiles. */
export function usersIn(body: unknown, paths: SpaceCloudUserPaths): readonly AuthUser[] | undefined {
  const users = memberAt(body, 'users');
  return Array.isArray(users) ? users.flatMap(user => userFrom(user, paths) ?? []) : undefined;
}

/** A document of the collection `users`; its id is `_id` on MongoDB and the embedded database, and `id` on SQL. */
function userFrom(document: unknown, paths: SpaceCloudUserPaths): AuthUser | undefined {
  if (!isJsonObject(document)) return undefined;
  // The gateway takes the hash of the password out; a rule that lets it through must not bring it here.
  const { pass: _, ...profile } = document;
  const { _id, id = _id, name, email } = profile;
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  return {
    id: String(id),
    name: typeof name === 'string' ? name : undefined,
    email: typeof email === 'string' ? email : undefined,
    roles: names(memberAt(profile, paths.roles ?? 'role')),
    permissions: names(memberAt(profile, paths.permissions ?? 'permissions')),
    profile,
  };
}

function names(value: unknown): readonly string[] {
  return [value].flat().filter(name => typeof name === 'string' && name !== '') as readonly string[];
}
