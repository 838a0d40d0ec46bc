import type { Refusal } from '../contract/refusal';
import type { LiveRecord } from './session-record';
import type { SessionState } from './session-state';
import { usableUntil } from './token-life';

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
 * When to try again after so many failures in a row, in milliseconds since the epoch: anywhere up to a bound that doubles, which is
 * what lets a million clients recover together. A server's `Retry-After` is kept, spread by a fifth, up to an hour; what only a
 * change of configuration can mend is tried once a minute.
 */
export function retryAt(
  { failure, retryAfter }: Refusal,
  failures: number,
  random: number,
  now: number,
): number {
  const jittered = random * Math.min(300 * SECOND, 2 ** failures * SECOND);
  const asked = failure === 'misconfigured' ? 60 : Math.min(retryAfter ?? 0, 3600);
  return now + Math.max(jittered, asked * SECOND * (1 + 0.2 * random), 100);
}

/**
 * When to renew a session next, in milliseconds since the epoch; `Infinity` for not without being asked: hidden pages
 * renew when somebody waits.
 *
 * @param visible whether anybody may be looking at the page
 * @param waitedFor whether anybody waits for a token
 */
export function renewalMoment(
  { record, renewable, renewing, failure, phase }: SessionState,
  visible: boolean,
  waitedFor: boolean,
  random: number,
): number {
  if (record === null || !renewable || renewing || !(visible || waitedFor)) return Infinity;
  if (failure) return failure.retryAt;
  return waitedFor && phase === 'blocked' ? 0 : renewalDue(record, random);
}

/** The next moment at which anything about a session changes or has to be done. */
export function nextMoment(...[state, ...rest]: Parameters<typeof renewalMoment>): number {
  const { record, phase } = state;
  const expiring = record !== null && (phase === 'fresh' || phase === 'degraded' || phase === 'renewing');
  return Math.min(expiring ? usableUntil(record) : Infinity, renewalMoment(state, ...rest));
}
