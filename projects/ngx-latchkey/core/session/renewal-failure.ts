import { AuthError } from '../contract/auth-error';
import type { FailureClass, Refusal } from '../contract/refusal';
import { isPast } from './past';
import { REPEAT, REST, restUntil, retryAt as backOff } from './schedule';
import type { LiveRecord } from './session-record';
import { LEAK, addStrain, roomAt } from './strain';
import { usableUntil } from './token-life';

/** A renewal that failed without a proof that the session is over. Moments are in milliseconds since the epoch. */
export interface RenewalFailure {
  readonly failure: FailureClass;
  readonly code: string;
  readonly status?: number | undefined;
  /** Failures in a row. */
  readonly count: number;
  readonly at: number;
  /** Not tried again before, whoever waits. */
  readonly notBefore: number;
  /** Tried again then without being asked. */
  readonly retryAt: number;
  /** The server may have replaced the token, and would take a second use of it for theft. */
  readonly inDoubt: boolean;
  /** The server may have replaced the token, and takes the old one for a while: asked again soon, whether anybody looks or not. */
  readonly again: boolean;
}

/**
 * What a failure means for the next attempt.
 *
 * - `unsent`: the server was not asked
 * - `back-off`: it was, and is left alone for longer each time
 * - `again`: it may have replaced the token, and takes the old one for a while; once only
 * - `doubt`: it may have replaced the token, and takes a second use of the old one for theft. That is tried only when the token has run
 *   out and there is nothing left to lose
 */
export type Aftermath = 'unsent' | 'back-off' | 'again' | 'doubt';

/** The record after a renewal that failed. */
export function withFailure(
  record: LiveRecord,
  refusal: Refusal,
  aftermath: Aftermath,
  random: number,
  now: number,
): LiveRecord {
  const { failure, code, status } = refusal;
  const count = (record.failure?.count ?? 0) + 1;
  const strain = aftermath === 'unsent' ? record.strain : addStrain(record.strain, now);
  const again = aftermath === 'again' && refusal.retryAfter === undefined;
  const inDoubt = aftermath === 'doubt';
  const room = roomAt(strain, now);
  const notBefore = again
    ? repeatFrom(record, now)
    : Math.max(restUntil(refusal, random, now), room, inDoubt ? usableUntil(record) : 0);
  // Clients that failed together have room again together, and must not come back together.
  const spread = room > now ? random * LEAK : 0;
  const retryAt = again
    ? notBefore + random * REPEAT
    : Math.max(notBefore + spread, backOff(refusal, count, random, now));
  return {
    ...record,
    strain,
    failure: { failure, code, status, count, at: now, notBefore, retryAt, inDoubt, again },
  };
}

/** Ten seconds after the first attempt: an overlap that a server grants is rarely under half a minute. */
function repeatFrom({ attempt }: LiveRecord, now: number): number {
  // Never later than that from now, should the clock have been set back meanwhile.
  return Math.min(Math.max((attempt?.at ?? now) + REST, now), now + REST);
}

/** Whether the server may have renewed the session although its answer does not say so: there is none, or a gateway's. */
export function isOutcomeUnknown({ status = 0 }: Refusal): boolean {
  return !(status >= 400 && status < 500) && status !== 503;
}

/**
 * Whether a renewal would come too early. Once an API has called the token dead, nothing is left to lose by asking in doubt.
 */
export function isResting({ attempt, failure, strain }: LiveRecord, now: number, forced: boolean): boolean {
  if (failure === undefined || !isPast(failure.at, now))
    return !attempt && !forced && roomAt(strain, now) > now;
  return now < (forced && failure.inDoubt ? failure.at + REST : failure.notBefore);
}

/** What a request is told that has waited for a token in vain. */
export function unavailable({ failure }: LiveRecord, now: number): AuthError {
  const { code, status, notBefore = 0 } = failure ?? {};
  const wait = Math.ceil((notBefore - now) / 1000);
  return new AuthError({
    failure: 'not-now',
    code: 'temporarily-unavailable',
    status,
    retryAfter: wait > 0 ? wait : undefined,
    facts: code === undefined ? undefined : [code],
  });
}
