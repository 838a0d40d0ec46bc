import { type KeyObject, randomBytes } from 'node:crypto';

/** What ID tokens are signed with. */
export interface SigningKey {
  readonly id: string;
  readonly secret: KeyObject;
}

/** An account of the double. */
export interface Account {
  readonly localId: string;
  email?: string;
  password?: string;
  displayName?: string;
  photoUrl?: string;
  emailVerified: boolean;
  disabled: boolean;
  /** A JSON object with the claims that go into each ID token. */
  customAttributes?: string;
  /** Seconds since the epoch: what was issued before is worth nothing. */
  validSince: number;
  secondFactor: boolean;
  identities: readonly { readonly providerId: string; readonly rawId: string }[];
}

/** A code that was mailed. */
export interface MailedCode {
  readonly email: string;
  readonly requestType: string;
  readonly oobCode: string;
  readonly oobLink: string;
}

/** What a refresh token renews. */
export interface Renewable {
  readonly localId: string;
  readonly provider: string;
  readonly claims: object;
  /** Seconds since the epoch. */
  readonly since: number;
}

/** Everything that the double remembers. */
export interface Project {
  readonly id: string;
  /** Seconds. */
  readonly life: number;
  readonly key?: SigningKey | undefined;
  /** Whether a wrong password and an unknown address are told alike. */
  protectsEmails: boolean;
  readonly accounts: Map<string, Account>;
  readonly codes: MailedCode[];
  readonly renewable: Map<string, Renewable>;
}

export function newProject(id: string, life: number, key?: SigningKey): Project {
  return { id, life, key, protectsEmails: false, accounts: new Map(), codes: [], renewable: new Map() };
}

export function addAccount({ accounts }: Project, given: Partial<Account>, localId = randomName()): Account {
  const account: Account = {
    emailVerified: false,
    disabled: false,
    validSince: 0,
    secondFactor: false,
    identities: [],
    ...given,
    localId,
  };
  accounts.set(localId, account);
  return account;
}

export function accountByEmail({ accounts }: Project, email: unknown): Account | undefined {
  return [...accounts.values()].find(account => email !== undefined && account.email === email);
}

/** The code, which is used up with this. */
export function takeCode({ codes }: Project, code: unknown, requestType: string): MailedCode | undefined {
  const at = codes.findIndex(mailed => mailed.oobCode === code && mailed.requestType === requestType);
  return at < 0 ? undefined : codes.splice(at, 1)[0];
}

export function randomName(): string {
  return randomBytes(14).toString('hex');
}
