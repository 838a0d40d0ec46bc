import { hash, verify } from '@node-rs/argon2';
import type { PasswordHashing } from './settings.js';

/** Hashes and checks passwords with argon2id (RFC 9106), which is what the package uses unless told otherwise. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Without a hash (no such user) it takes as long and answers false, so that time does not tell user names. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
}

export function createPasswords(cost: PasswordHashing): Passwords {
  let decoy: Promise<string> | undefined;
  return {
    hash: password => hash(password, cost),
    async verify(passwordHash, password) {
      decoy ??= hash('nobody', cost);
      const matches = await verify(passwordHash ?? (await decoy), password).catch(() => false);
      return passwordHash !== undefined && matches;
    },
  };
}
