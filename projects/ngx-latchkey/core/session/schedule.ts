import type { LiveRecord } from './session-record';

const SECOND = 1_000;

/**
 * When to renew a token without being asked, in milliseconds since the epoch: at three quarters of its life, give or take a
 * twentieth so that sessions born together do not renew together, at most ten minutes before its end, and never within ten
 * seconds of its receipt, so that a tiny lifetime cannot loop.
 */
export function renewalDue(record: LiveRecord, random: number): number {
  if (record.life === null) return Infinity;
  const share = record.life * (0.75 + (random - 0.5) * 0.1);
  return record.receivedAt + Math.max(share, record.life - 600 * SECOND, 10 * SECOND);
}

/**
 * Milliseconds to wait after the given number of failures in a row: anywhere between nothing and a bound that doubles, which is
 * what lets a million clients recover together. A server's `Retry-After` (seconds) is kept, spread by a fifth, up to an hour.
 */
export function backOff(failures: number, retryAfter: number | undefined, random: number): number {
  const jittered = random * Math.min(300 * SECOND, 2 ** failures * SECOND);
  const asked = Math.min(retryAfter ?? 0, 3600) * SECOND * (1 + 0.2 * random);
  return Math.max(jittered, asked, 100);
}
