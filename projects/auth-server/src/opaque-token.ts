import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A fresh unguessable token: 32 random bytes make 43 characters, 33 make 44. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is kept of a token: enough to recognise it, useless to whoever reads the data file. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The beginning of a token's digest: enough to tell tokens apart in a log. */
export function fingerprintOf(token: string): string {
  return digestOf(token).slice(0, 12);
}

/**
 * The refresh token that follows `token`. It is derived instead of drawn, so that a repeated refresh can be answered with
 * the same successor without keeping any token in the clear.
 */
export function successorOf(token: string, key: string): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}
