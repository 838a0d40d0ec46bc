import { type AuthUser, type JsonObject, isJsonObject, memberAt, readJwt } from 'ngx-latchkey/core';
import type { FeathersOptions } from './feathers-options';

/** What a server may forget to take out of its users. */
const SECRET = /(password|secret|tokens?)$/i;

/** The user as the server's entity describes it, or, where it has none, as the claims of the token do. */
export function userFrom(entity: unknown, token: string, options: FeathersOptions): AuthUser | undefined {
  const claims = readJwt(token);
  const source = isJsonObject(entity) ? entity : claims;
  // The subject is the user's id, whatever that is called in the entity.
  const id = claims?.sub ?? source?.['id'] ?? source?.['_id'];
  if (source === null || (typeof id !== 'string' && typeof id !== 'number')) return undefined;
  const { name, username, email } = source;
  return {
    id: String(id),
    name: [name, username].find(text => typeof text === 'string'),
    email: typeof email === 'string' ? email : undefined,
    roles: words(
      options.roles === undefined ? (source['roles'] ?? source['role']) : memberAt(source, options.roles),
    ),
    permissions: words(memberAt(source, options.permissions ?? 'permissions')),
    profile: withoutSecrets(source),
  };
}

function words(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter(word => word !== '');
  return Array.isArray(value) ? value.filter(word => typeof word === 'string') : [];
}

function withoutSecrets(source: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(source).filter(([name, value]) => typeof value === 'boolean' || !SECRET.test(name)),
  );
}
