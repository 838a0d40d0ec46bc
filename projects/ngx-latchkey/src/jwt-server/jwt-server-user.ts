import { type AuthUser, type JsonObject, memberAt } from 'ngx-latchkey/core';
import type { JwtServerFields } from './jwt-server-options';

/** The user as the server's user object, or the claims of a token, describe it. */
export function userFrom(source: JsonObject, fields: JwtServerFields): AuthUser | undefined {
  const id = memberAt(source, fields.id) ?? source['sub'];
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const name = memberAt(source, fields.name);
  const email = memberAt(source, fields.email);
  return {
    id: String(id),
    name: typeof name === 'string' ? name : undefined,
    email: typeof email === 'string' ? email : undefined,
    roles: words(memberAt(source, fields.roles)),
    permissions: words(memberAt(source, fields.permissions)),
    profile: source,
  };
}

/** A list of names, also where the server writes them in one string, as OAuth writes its scopes. */
function words(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter(word => word !== '');
  return Array.isArray(value) ? value.filter(word => typeof word === 'string') : [];
}
