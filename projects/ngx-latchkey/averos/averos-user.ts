import { type AuthUser, type JsonObject, isJsonObject, memberAt } from 'ngx-latchkey/core';
import type { AverosUserOptions } from './averos-options';

/** What Averos says about an account; what it does not say is `false`. */
export interface AverosAccount {
  readonly emailVerified: boolean;
  readonly accountVerified: boolean;
  readonly locked: boolean;
}

/** Servers have been seen to send these with a user. */
const SECRETS = ['token', 'rtoken', 'password'];

/** The user in an `auth_token` or a profile, without its secrets; `undefined` for an object that names nobody. */
export function averosUser(source: unknown, options: AverosUserOptions): AuthUser | undefined {
  if (!isJsonObject(source)) return undefined;
  const profile: JsonObject = Object.fromEntries(
    Object.entries(source).filter(([member]) => !SECRETS.includes(member)),
  );
  const { _id, id, userName, firstName, email, roles, role } = profile;
  const name = textIn(userName);
  const identity = textIn(_id) ?? textIn(id) ?? name;
  if (identity === undefined) return undefined;
  const { permissions = 'permissions' } = options;
  return {
    id: identity,
    name: textIn(firstName) ?? name,
    email: textIn(email),
    roles: names(options.roles === undefined ? (roles ?? role) : memberAt(profile, options.roles)),
    permissions: names(memberAt(profile, permissions)),
    profile,
  };
}

/**
 * Whether the account of a user is verified or locked, for pages to show and guards to ask.
 *
 * @example userGuard(user => averosAccount(user).accountVerified, { otherwise: '/account/verify' })
 */
export function averosAccount({ profile }: Pick<AuthUser, 'profile'>): AverosAccount {
  return {
    emailVerified: profile['isEmailVerified'] === true,
    accountVerified: profile['accountVerified'] === true,
    locked: profile['isAccountLocked'] === true,
  };
}

/** One name, a list of names, or of objects with a `name`. */
export function names(value: unknown): readonly string[] {
  return [value]
    .flat()
    .map(item => memberAt(item, 'name') ?? item)
    .filter(name => typeof name === 'string');
}

function textIn(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
