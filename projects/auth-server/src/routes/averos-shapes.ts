import type { User } from '../state.js';

/** Names of the fields as Averos clients expect them. */
export interface AverosUser {
  readonly _id: string;
  readonly userName: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly isEmailVerified: boolean;
  readonly accountVerified: boolean;
  readonly isAccountLocked: boolean;
  readonly roles: readonly string[];
}

export interface AverosAuthToken extends Omit<AverosUser, 'lastName'> {
  /** The access token; it has no refresh token or expiry beside it. */
  readonly token: string;
}

export function averosUser(user: User): AverosUser {
  return { ...withoutLastName(user), lastName: user.name.split(' ').slice(1).join(' ') };
}

export function authToken(user: User, token: string): AverosAuthToken {
  return { ...withoutLastName(user), token };
}

function withoutLastName(user: User): Omit<AverosUser, 'lastName'> {
  return {
    _id: user.id,
    userName: user.username,
    email: user.email,
    firstName: user.name.split(' ', 1)[0] ?? '',
    isEmailVerified: user.emailVerified,
    accountVerified: user.emailVerified,
    isAccountLocked: user.locked ?? false,
    roles: user.roles,
  };
}

/** The user name a refresh claims to be for: clients send the whole `auth_token` object, or the bare name. */
export function userNameIn(body: unknown): string | undefined {
  const user = typeof body === 'object' && body !== null && 'user' in body ? body.user : undefined;
  if (typeof user === 'string') return user;
  const isObject = typeof user === 'object' && user !== null && 'userName' in user;
  return isObject && typeof user.userName === 'string' ? user.userName : undefined;
}
