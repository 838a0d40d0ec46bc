import { setTimeout } from 'node:timers/promises';

/**
 * Seconds that access tokens live where they are to run out by time. Long enough for everybody's own lead: `oidc-client-ts` renews a
 * minute before the end, `oidc-spa` and `angular-auth-oidc-client` half a minute.
 */
export const TOKEN_LIFE = 80;

/** Waits until a token that was issued at the time, in milliseconds, has run out for certain. */
export async function runOut(issued: number): Promise<void> {
  await setTimeout(Math.max(0, issued + (TOKEN_LIFE + 5) * 1_000 - Date.now()));
}
