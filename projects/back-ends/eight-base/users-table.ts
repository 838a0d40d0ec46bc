import { randomUUID } from 'node:crypto';

/** A row of a workspace's Users table. */
export interface UserRow {
  readonly id: string;
  /** Who made it, in the user pool. */
  readonly sub: string;
  email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly timezone: string | null;
  readonly role: string;
}

export interface NewUser {
  readonly email: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly timezone?: string | null;
}

/** What the roles of the workspace allow, as `user.permissions` has it. */
const PERMISSIONS: Readonly<Record<string, readonly object[]>> = {
  Editor: [
    {
      resource: 'Posts',
      resourceType: 'data',
      permission: { create: { allow: true }, read: { allow: true, filter: {} }, delete: { allow: false } },
    },
    { resource: 'logic', resourceType: 'custom', permission: { invoke: { allow: true } } },
  ],
  Guest: [{ resource: 'Posts', resourceType: 'data', permission: { read: { allow: true } } }],
};

/** The Users table: finds rows by the e-mail address of a token, as 8base does. */
export class UsersTable {
  readonly rows: UserRow[] = [];

  add({ email, firstName, lastName, timezone }: NewUser, sub: string, role = 'Guest'): UserRow {
    const row: UserRow = {
      id: randomUUID(),
      sub,
      email,
      firstName: firstName ?? null,
      lastName: lastName ?? null,
      timezone: timezone ?? null,
      role,
    };
    this.rows.push(row);
    return row;
  }

  byEmail(email: string): UserRow | undefined {
    return this.rows.find(row => row.email === email);
  }

  bySub(sub: string): UserRow | undefined {
    return this.rows.find(row => row.sub === sub);
  }
}

export function asUser({ role, ...row }: UserRow): object {
  const items = PERMISSIONS[role] ?? [];
  return {
    ...row,
    roles: { count: 1, items: [{ id: `role-${role}`, name: role }] },
    permissions: { count: items.length, items },
  };
}
