import { type AuthUser, type Grant, memberAt } from 'ngx-latchkey/core';
import { type SpaceCloudUserPaths, userFrom } from './space-cloud-user';

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
