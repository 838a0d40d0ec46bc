import { type AuthUser, isJsonObject, memberAt } from 'ngx-latchkey/core';
import type { EightBaseOptions } from './eight-base-options';

/** The user as a row of the Users table describes it; all its fields may be null. */
export function userFrom(
  row: unknown,
  { roles = 'roles.items', permissions = 'permissions.items' }: EightBaseOptions,
): AuthUser | undefined {
  if (!isJsonObject(row) || typeof row['id'] !== 'string' || row['id'] === '') return undefined;
  const { id, email, firstName, lastName } = row;
  const name = [firstName, lastName].join(' ').trim();
  return {
    id,
    name: name || undefined,
    email: typeof email === 'string' ? email : undefined,
    roles: listAt(row, roles).flatMap(namesOf),
    permissions: listAt(row, permissions).flatMap(namesOf),
    profile: row,
  };
}

function listAt(row: unknown, path: string): readonly unknown[] {
  const list = memberAt(row, path);
  return Array.isArray(list) ? list : [];
}

/** A name, the `name` of an object, or what a permission of 8base allows: `{ read: { allow: true } }` on a table or a custom resource. */
function namesOf(item: unknown): readonly string[] {
  const name = memberAt(item, 'name') ?? item;
  if (typeof name === 'string') return [name];
  const allowed = memberAt(item, 'permission');
  if (!isJsonObject(item) || !isJsonObject(allowed)) return [];
  const { resourceType, resource } = item;
  return Object.keys(allowed)
    .filter(action => memberAt(allowed[action], 'allow') === true)
    .map(action => `${String(resourceType)}.${String(resource)}.${action}`);
}
