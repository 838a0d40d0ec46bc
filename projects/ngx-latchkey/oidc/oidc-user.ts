import { type AuthUser, type JsonObject, memberAt, readJwt } from 'ngx-latchkey/core';
import type { OidcOptions } from './oidc-options';

/** Claims that are about the token and not about the user. */
const OF_THE_TOKEN = [
  'iss',
  'aud',
  'exp',
  'iat',
  'nbf',
  'jti',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'azp',
  'typ',
  'sid',
  'session_state',
];

/** The user as the claims tell, unverified beyond what is checked at the sign-in; roles may be in the access token only. */
export function userFrom(
  claims: JsonObject,
  accessToken: string,
  { roles = ['roles'], permissions = ['permissions'] }: OidcOptions,
): AuthUser {
  const sources = [claims, readJwt(accessToken)];
  const named = (paths: readonly string[]): readonly string[] => [
    ...new Set(
      sources
        .flatMap(source => paths.flatMap(path => claimAt(source, path)))
        .filter((name): name is string => typeof name === 'string'),
    ),
  ];
  const text = (...names: readonly string[]): string | undefined =>
    names
      .map(name => claims[name])
      .find((value): value is string => typeof value === 'string' && value !== '');
  return {
    id: String(claims['sub']),
    name: text('name', 'preferred_username', 'nickname', 'cognito:username', 'email'),
    email: text('email'),
    roles: named(roles),
    permissions: named(permissions),
    profile: Object.fromEntries(Object.entries(claims).filter(([name]) => !OF_THE_TOKEN.includes(name))),
  };
}

/** A claim by its whole name first: namespaced claims are URLs, with dots in them. */
function claimAt(source: JsonObject | null, path: string): unknown {
  const value = source !== null && Object.hasOwn(source, path) ? source[path] : memberAt(source, path);
  return typeof value === 'string' ? value.split(' ') : value;
}
