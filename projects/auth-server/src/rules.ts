/**
 * Who may call a sample API: anybody, anybody signed in, holders of a role or permission, or of a claim with one value.
 * `path` is exact, or a prefix when it ends in `/*`.
 */
export interface Rule {
  readonly path: string;
  readonly rule: Requirement;
}

export type Requirement =
  | 'allow'
  | 'authenticated'
  | { readonly role: string }
  | { readonly permission: string }
  | { readonly claim: string; readonly value: string | number | boolean };

export const DEFAULT_RULES: readonly Rule[] = [
  { path: '/api/public', rule: 'allow' },
  { path: '/api/echo', rule: 'allow' },
  { path: '/api/profile', rule: 'authenticated' },
  { path: '/api/notes', rule: 'authenticated' },
  { path: '/api/transfer', rule: 'authenticated' },
  { path: '/api/admin', rule: { role: 'admin' } },
  { path: '/api/reports', rule: { permission: 'reports:read' } },
];

/** The first rule whose path matches, or undefined when no rule speaks about this path. */
export function requirementFor(rules: readonly Rule[], path: string): Requirement | undefined {
  return rules.find(({ path: pattern }) =>
    pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  )?.rule;
}

/** Whether verified claims satisfy a requirement beyond being signed in. */
export function satisfies(requirement: Requirement, claims: Readonly<Record<string, unknown>>): boolean {
  if (typeof requirement === 'string') return true;
  if ('role' in requirement) return holds(claims['roles'], requirement.role);
  if ('permission' in requirement) return holds(claims['permissions'], requirement.permission);
  const claim = Object.hasOwn(claims, requirement.claim) ? claims[requirement.claim] : undefined;
  return claim === requirement.value || holds(claim, requirement.value);
}

/** The requirement as the end of a sentence that starts with "This needs". */
export function describeRequirement(requirement: Requirement): string {
  if (requirement === 'allow') return 'nothing';
  if (requirement === 'authenticated') return 'a signed-in user';
  if ('role' in requirement) return `the role "${requirement.role}"`;
  if ('permission' in requirement) return `the permission "${requirement.permission}"`;
  return `the claim "${requirement.claim}" with the value ${JSON.stringify(requirement.value)}`;
}

function holds(claim: unknown, value: unknown): boolean {
  return Array.isArray(claim) && claim.includes(value);
}
