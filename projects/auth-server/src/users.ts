import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';
import { digestOf, randomToken } from './opaque-token.js';
import type { Passwords } from './passwords.js';
import type { SeedUser } from './settings.js';
import type { PendingToken, User } from './state.js';
import type { Store } from './store.js';

/** How long a token that would be e-mailed is good for, in milliseconds. */
const PENDING_LIFETIME = { 'password-reset': 3_600_000, 'email-verification': 86_400_000 } as const;

/** What the APIs show of a user. */
export interface PublicUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
}

export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export function publicUser(user: User): PublicUser {
  const { id, username, name, email, emailVerified, roles, permissions } = user;
  return { id, username, name, email, emailVerified, roles, permissions };
}

/** The seeds as users, their passwords hashed in parallel. */
export function seedUsers(seeds: readonly SeedUser[], passwords: Passwords): Promise<User[]> {
  return Promise.all(
    seeds.map(async ({ password, ...seed }) => ({
      id: `usr_${seed.username}`,
      username: seed.username,
      name: seed.name ?? seed.username,
      email: seed.email ?? `${seed.username}@example.test`,
      emailVerified: seed.emailVerified ?? true,
      roles: seed.roles ?? ['user'],
      permissions: seed.permissions ?? [],
      ...(seed.claims === undefined ? {} : { claims: seed.claims }),
      ...(seed.locked === undefined ? {} : { locked: seed.locked }),
      passwordHash: await passwords.hash(password),
      seeded: true,
    })),
  );
}

/** Looks users up, adds them, changes their passwords. Names and addresses are compared without regard to case. */
export class Users {
  readonly #store: Store;
  readonly #passwords: Passwords;
  readonly #clock: Clock;

  constructor(store: Store, passwords: Passwords, clock: Clock) {
    this.#store = store;
    this.#passwords = passwords;
    this.#clock = clock;
  }

  byId(id: string): User | undefined {
    return this.#store.users.get(id);
  }

  byName(username: string): User | undefined {
    return this.#find(user => user.username, username);
  }

  byEmail(email: string): User | undefined {
    return email === '' ? undefined : this.#find(user => user.email, email);
  }

  /** The user with this name or e-mail address and this password. */
  async authenticate(name: string, password: string): Promise<User | undefined> {
    const user = this.byName(name) ?? this.byEmail(name);
    const matches = await this.#passwords.verify(user?.passwordHash, password);
    return matches ? user : undefined;
  }

  /** Adds a user, or answers which of name and address is taken. */
  async register(input: NewUser): Promise<User | 'username' | 'email'> {
    const passwordHash = await this.#passwords.hash(input.password);
    // Asked after the hash, in the same turn as the insertion: two registrations at once cannot both find a name free.
    if (this.byName(input.username) !== undefined) return 'username';
    if (this.byEmail(input.email ?? '') !== undefined) return 'email';
    const user: User = {
      id: `usr_${randomUUID()}`,
      username: input.username,
      name: input.name ?? input.username,
      email: input.email ?? '',
      emailVerified: false,
      roles: ['user'],
      permissions: [],
      passwordHash,
    };
    this.#store.users.set(user.id, user);
    if (user.email !== '') this.issueToken('email-verification', user);
    return user;
  }

  issueToken(kind: PendingToken['kind'], user: User): void {
    const now = this.#clock.now();
    const others = this.#store.pendingTokens.filter(
      pending => pending.expiresAt > now && !(pending.kind === kind && pending.userId === user.id),
    );
    const token = randomToken();
    this.#store.pendingTokens = [
      ...others,
      { kind, userId: user.id, token, expiresAt: now + PENDING_LIFETIME[kind] },
    ];
  }

  /** Uses up a pending token and answers whose it was; undefined when it is unknown or too old. */
  redeemToken(kind: PendingToken['kind'], token: string): User | undefined {
    const digest = digestOf(token);
    const found = this.#store.pendingTokens.find(
      pending => pending.kind === kind && digestOf(pending.token) === digest,
    );
    if (found === undefined) return undefined;
    this.#store.pendingTokens = this.#store.pendingTokens.filter(pending => pending !== found);
    return found.expiresAt > this.#clock.now() ? this.byId(found.userId) : undefined;
  }

  async changePassword(user: User, password: string): Promise<void> {
    const passwordHash = await this.#passwords.hash(password);
    const latest = this.byId(user.id) ?? user;
    this.#store.users.set(user.id, { ...latest, passwordHash, seeded: false });
  }

  markVerified(user: User): void {
    this.#store.users.set(user.id, { ...user, emailVerified: true });
  }

  #find(of: (user: User) => string, wanted: string): User | undefined {
    const lower = wanted.toLowerCase();
    for (const user of this.#store.users.values()) if (of(user).toLowerCase() === lower) return user;
    return undefined;
  }
}
