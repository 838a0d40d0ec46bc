import { type AuthUser, type JsonObject, memberAt } from 'ngx-latchkey/core';
import type { FieldName } from './jwt-server-options';

/** The user as the server's user object, or the claims of a token, describe it. */
export function userFrom(source: JsonObject, field: FieldName): AuthUser | undefined {
  const id = memberAt(source, field('id')) ?? source['sub'];
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const name = memberAt(source, field('name'));
  const email = memberAt(source, field('email'));
  return {
    id: String(id),
    name: typeof name === 'string' ? name : undefined,
    email: typeof email === 'string' ? email : undefined,
    roles: words(memberAt(source, field('roles'))),
    permissions: words(memberAt(source, field('permissions'))),
    profile: source,
  };
}

/** A list of names, also where the server writes them in one string, as OAuth writes its scopes. */
function words(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter(word => word !== '');
  return Array.isArray(value) ? value.filter(word => typeof word === 'string') : [];
}
