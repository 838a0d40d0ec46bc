import { randomUUID } from 'node:crypto';

/** An account of the double. */
export interface DoubleUser {
  readonly username: string;
  readonly sub: string;
  readonly attributes: Record<string, string>;
  readonly groups: readonly string[];
  password: string;
  confirmed: boolean;
  disabled: boolean;
  /** An administrator chose the password. */
  mustChange: boolean;
  /** An administrator asked for another password. */
  mustReset: boolean;
  readonly secondFactors: readonly string[];
  failures: number;
}

/** Whatever code the double sends, it is this one. */
export const CODE = '123456';
/** The password of every account that the double begins with. */
export const PASSWORD = 'Correct-horse-1';

export function newUser(username: string, given: Partial<DoubleUser> = {}): DoubleUser {
  return {
    username,
    sub: randomUUID(),
    attributes: { email: `${username}@example.test` },
    groups: [],
    password: PASSWORD,
    confirmed: true,
    disabled: false,
    mustChange: false,
    mustReset: false,
    secondFactors: [],
    failures: 0,
    ...given,
  };
}

/** One account for each thing that can happen at a sign-in. */
export function firstUsers(): Map<string, DoubleUser> {
  const users = [
    newUser('ada', {
      groups: ['admins', 'editors'],
      attributes: { email: 'ada@example.test', name: 'Ada Lovelace', email_verified: 'true' },
    }),
    newUser('una', { confirmed: false }),
    newUser('dan', { disabled: true }),
    newUser('rhea', { mustReset: true }),
    newUser('nora', { mustChange: true }),
    newUser('tom', { secondFactors: ['SOFTWARE_TOKEN_MFA'] }),
    newUser('sam', { secondFactors: ['SMS_MFA'] }),
    newUser('bea', { secondFactors: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] }),
  ];
  return new Map(users.map(user => [user.username, user]));
}
