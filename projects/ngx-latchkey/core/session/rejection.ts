import { isPast } from './past';
import type { LiveRecord } from './session-record';
import { isUsable } from './token-life';

/** What to do about a token that an API called dead. */
export type RejectionDecision = 'renew' | 'end' | 'pass';

/** The request that was rejected. */
export interface Rejection {
  /** The generation of the token it carried. */
  readonly generation: number;
  readonly sid: string;
  /** Whether the API said so in words that could be read (`WWW-Authenticate: Bearer error="invalid_token"`, RFC 6750). */
  readonly proven: boolean;
  /** Whether the request was a replay, so that a token that had just been renewed was rejected. */
  readonly replayed: boolean;
}

const YOUNG = 30_000;

/**
 * Nothing about one that has been replaced meanwhile. Else a renewal is worth it only if it can help: not when the API has rejected a new token
 * a moment ago.
 *
 * @param distrustedAt when the API rejected a new token last, in milliseconds since the epoch
 */
export function decideRejection(
  record: LiveRecord,
  rejection: Rejection,
  renewable: boolean,
  distrustedAt: number,
  now: number,
): RejectionDecision {
  if (rejection.sid !== record.sid || rejection.generation < record.generation) return 'pass';
  const due = record.life === null || !isUsable(record, now);
  if (!renewable) return due ? 'end' : 'pass';
  if (isPast(distrustedAt, now) && now - distrustedAt < YOUNG) return 'pass';
  return due || rejection.proven || now - record.receivedAt > YOUNG ? 'renew' : 'pass';
}
