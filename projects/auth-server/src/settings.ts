import type { Rule } from './rules.js';
import type { ClaimValue, SigningSecret } from './state.js';

/** A user the server starts with. */
export interface SeedUser {
  readonly username: string;
  readonly password: string;
  readonly name?: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  /** May not sign in. */
  readonly locked?: boolean;
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
  readonly claims?: Readonly<Record<string, ClaimValue>>;
}

export type Rotation = 'grace' | 'strict';
export type DpopNonce = 'optional' | 'required';
export type Contract = 'jwt' | 'averos';

/** Cost of argon2id: memory in KiB, passes, lanes. */
export interface PasswordHashing {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** The settings that `POST /admin/settings` can change while the server runs. Lifetimes and overlap in seconds. */
export interface TokenPolicy {
  readonly accessTokenLifetime: number;
  readonly refreshTokenLifetime: number;
  readonly rotation: Rotation;
  /** How long the previous refresh token is still answered, with the same successor. */
  readonly overlap: number;
  /** Whether a DPoP proof must carry a nonce of the server. */
  readonly dpopNonce: DpopNonce;
}

/** Everything that can be configured, with the meaning it has in the config file and in `createAuthServer`. */
export interface Settings extends TokenPolicy {
  readonly host: string;
  readonly port: number;
  /** Path of the data file; `memory` or an empty string keeps everything in memory. */
  readonly data: string;
  readonly contract: Contract;
  readonly issuer: string;
  /** Origins allowed by CORS besides those of this machine. */
  readonly origins: readonly string[];
  /** The first secret signs, all verify. Empty: one is generated and kept in the data file. */
  readonly signing: { readonly secrets: readonly SigningSecret[] };
  readonly users: readonly SeedUser[];
  /** Asked before the default rules; the first that matches decides. */
  readonly rules: readonly Rule[];
  readonly passwordHashing: PasswordHashing;
}

export const DEFAULT_DATA_FILE = '.latchkey/auth-server.json';

export const SEED_USERS: readonly SeedUser[] = [
  {
    username: 'ada',
    password: 'latchkey-ada',
    name: 'Ada Lovelace',
    email: 'ada@example.test',
    emailVerified: true,
    roles: ['admin', 'user'],
    permissions: ['reports:read', 'reports:write'],
  },
  {
    username: 'grace',
    password: 'latchkey-grace',
    name: 'Grace Hopper',
    email: 'grace@example.test',
    emailVerified: true,
    roles: ['user'],
    permissions: ['reports:read'],
  },
  {
    username: 'linus',
    password: 'latchkey-linus',
    name: 'Linus Pauling',
    email: 'linus@example.test',
    emailVerified: false,
    roles: ['user'],
    permissions: [],
  },
];

export const DEFAULT_SETTINGS: Settings = {
  host: '127.0.0.1',
  port: 3333,
  data: 'memory',
  contract: 'jwt',
  issuer: 'latchkey-auth-server',
  origins: [],
  signing: { secrets: [] },
  users: SEED_USERS,
  rules: [],
  accessTokenLifetime: 900,
  refreshTokenLifetime: 2_592_000,
  rotation: 'grace',
  overlap: 30,
  dpopNonce: 'optional',
  passwordHashing: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
};
