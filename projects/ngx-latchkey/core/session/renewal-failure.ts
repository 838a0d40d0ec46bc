import { AuthError } from '../contract/auth-error';
import type { FailureClass, Refusal } from '../contract/refusal';
import { REST, isPast, restUntil, retryAt } from './schedule';
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
}

/**
 * The record after a renewal that failed.
 *
 * @param strict whether the server takes a second use of a refresh token for theft. What is in doubt is then tried again only when
 * the token has run out and there is nothing left to lose.
 */
export function withFailure(
  record: LiveRecord,
  refusal: Refusal,
  strict: boolean,
  random: number,
  now: number,
): LiveRecord {
  const { failure, code, status } = refusal;
  const count = (record.failure?.count ?? 0) + 1;
  const strain = addStrain(record.strain, now);
  const inDoubt = strict && isOutcomeUnknown(refusal);
  const room = roomAt(strain, now);
  const notBefore = Math.max(restUntil(refusal, random, now), room, inDoubt ? usableUntil(record) : 0);
  // Clients that failed together have room again together, and must not come back together.
  const spread = room > now ? random * LEAK : 0;
  const retry = Math.max(notBefore + spread, retryAt(refusal, count, random, now));
  return {
    ...record,
    strain,
    failure: { failure, code, status, count, at: now, notBefore, retryAt: retry, inDoubt },
  };
}

/** Whether the server may have renewed the session although its answer does not say so: there is none, or a gateway's. */
export function isOutcomeUnknown({ status = 0 }: Refusal): boolean {
  return !(status >= 400 && status < 500) && status !== 503;
}

/**
 * Whether a renewal would come too early. Once an API has called the token dead, nothing is left to lose by asking in doubt.
 */
export function isResting({ failure }: LiveRecord, now: number, forced: boolean): boolean {
  if (failure === undefined || !isPast(failure.at, now)) return false;
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
