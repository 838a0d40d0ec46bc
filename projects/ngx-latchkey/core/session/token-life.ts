import type { Grant } from '../contract/grant';
import { readJwt } from '../contract/jwt';

/** When a token was received and how long it lives. */
export interface TokenSpan {
  /** Milliseconds of the local clock. */
  readonly receivedAt: number;
  /** Milliseconds from the receipt, or `null` where nobody knows. */
  readonly life: number | null;
}

const LONGEST = 400 * 24 * 3600 * 1000;

/**
 * Milliseconds that a token lives from its receipt, or `null` where nobody knows. The server's `expires_in` comes first, then the
 * token's own span: both are durations, so a wrong local clock does not matter. What makes no sense is unknown, never expired.
 */
export function tokenLife(grant: Grant, now: number): number | null {
  if (isSpan(grant.expiresIn)) return Math.min(grant.expiresIn * 1000, LONGEST);
  const claims = readJwt(grant.token);
  if (claims?.exp === undefined) return null;
  const span = claims.exp - (claims.iat ?? now / 1000);
  return isSpan(span) ? Math.min(span * 1000, LONGEST) : null;
}

function isSpan(seconds: number | undefined): seconds is number {
  return seconds !== undefined && Number.isFinite(seconds) && seconds > 0;
}

/**
 * When the token stops being usable, in milliseconds since the epoch: a little early, because a request travels too and `exp` is
 * cut to whole seconds.
 */
export function usableUntil({ life, receivedAt }: TokenSpan): number {
  if (life === null) return Infinity;
  return receivedAt + life - Math.min(5_000, Math.max(1_000, life / 10), life / 2);
}

export function isUsable(token: TokenSpan, now: number): boolean {
  return now < usableUntil(token);
}
