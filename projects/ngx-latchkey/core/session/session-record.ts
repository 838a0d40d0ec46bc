import { authError } from '../contract/auth-error';
import type { Grant, Held } from '../contract/grant';
import { isJsonObject, memberAt } from '../contract/json';
import type { RenewalFailure } from './renewal-failure';
import type { Strain } from './strain';
import { type TokenSpan, tokenLife } from './token-life';

/**
 * Why a session ended.
 *
 * - `user`, `user-other-tab`: somebody logged out, here or in another tab
 * - `refused`: the server said no to a renewal
 * - `lost-response`: the same, after an answer of the server that never arrived: it may have replaced the token then
 * - `expired`: an API called a token dead that cannot be renewed
 * - `subject-changed`: the server renewed the session with another user
 * - `account-switch`: somebody else signed in, in another tab
 */
export type EndReason =
  'user' | 'user-other-tab' | 'refused' | 'lost-response' | 'expired' | 'subject-changed' | 'account-switch';

/** Which sign-in a record is of, and which of its tokens. */
export interface RecordIdentity {
  /** Version of this shape; later versions only add members. */
  readonly v: 1;
  /** Names one sign-in; random. */
  readonly sid: string;
  /** Orders sign-ins: the moment of this one, or one more than the last where the clock has been set back. */
  readonly epoch: number;
  /** Counts the tokens of one sign-in. */
  readonly generation: number;
}

/** An intent to renew, written before the server is asked. One that is found later is a renewal whose outcome nobody knows. */
export interface Attempt {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether its tab has no lock for sure, so that the intent itself keeps the others out for a while. */
  readonly lease: boolean;
  /** Whether its tab has given up, so that it is open and nobody is at work. */
  readonly over?: boolean;
}

/** A session as it is kept. */
export interface LiveRecord extends RecordIdentity, TokenSpan {
  readonly held: Held;
  /** A renewal that has begun, or one of which nobody knows the outcome. */
  readonly attempt?: Attempt | undefined;
  /** The last renewal failed; all tabs wait together. */
  readonly failure?: RenewalFailure | undefined;
  /** Held against the next renewal that nobody needs. */
  readonly strain?: Strain | undefined;
  /** Another tab was about to use the refresh token of before a second time, so that the server may end the session for it. */
  readonly contested?: boolean | undefined;
  readonly ended?: undefined;
}

/** What stays of a session that is over, so that a late answer cannot bring it back. */
export interface Tombstone extends RecordIdentity {
  readonly ended: { readonly reason: EndReason; readonly at: number };
  /** The server has not heard of the logout yet and keeps a cookie alive. */
  readonly owed?: boolean;
}

/** What is kept of the sign-in that came last. */
export type SessionRecord = LiveRecord | Tombstone;

export function isLive(record: SessionRecord | undefined): record is LiveRecord {
  return record !== undefined && record.ended === undefined;
}

/** Whether two records are known to be the same person's. */
export function sameUser(one: LiveRecord, other: LiveRecord): boolean {
  const { user } = one.held;
  return one.sid === other.sid || (user !== undefined && user.id === other.held.user?.id);
}

/** Whether a result that was worked out from `basis` may still be written over `current`. */
export function fenceHolds(basis: LiveRecord, current: SessionRecord | undefined): current is LiveRecord {
  return (
    isLive(current) &&
    current.sid === basis.sid &&
    current.epoch === basis.epoch &&
    current.generation === basis.generation
  );
}

export function tombstone(record: SessionRecord, reason: EndReason, at: number): Tombstone {
  const { v, sid, epoch, generation } = record;
  // Who logged out is not brought back by a sign-in of before; the next comes after this, whatever the clock says then.
  return {
    v,
    sid,
    epoch: reason === 'user' ? Math.max(epoch, at) : epoch,
    generation,
    ended: { reason, at },
  };
}

/** The record of a new sign-in, which takes the place of whatever was kept before. */
export function firstRecord(
  grant: Grant,
  sid: string,
  before: SessionRecord | undefined,
  now: number,
  skew: number,
  random: number,
): LiveRecord {
  return {
    v: 1,
    sid,
    // By the clock, since a storage that is broken for the moment does not tell of the sign-in before; no two have the same.
    epoch: Math.max((before?.epoch ?? 0) + 1, now) + random,
    generation: 1,
    held: grant,
    receivedAt: now,
    life: tokenLife(grant, now + skew),
  };
}

/** The record after a renewal, in which what the server left out stays as it was; a tombstone if it answered with another user. */
export function successor(mine: LiveRecord, grant: Grant, now: number, skew: number): SessionRecord {
  const { user } = mine.held;
  if (user && grant.user && user.id !== grant.user.id) return tombstone(mine, 'subject-changed', now);
  return {
    ...mine,
    generation: mine.generation + 1,
    held: {
      token: grant.token,
      secret: grant.secret ?? mine.held.secret,
      user: grant.user ?? user,
      memory: grant.memory ?? mine.held.memory,
    },
    receivedAt: now,
    life: tokenLife(grant, now + skew),
    attempt: undefined,
    failure: undefined,
    contested: undefined,
  };
}

/** Of what the store and the memory of this tab know, what came last. */
export function latest(
  one: SessionRecord | undefined,
  other: SessionRecord | undefined,
): SessionRecord | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const over = !isLive(one) && !isLive(other);
  if (one.sid !== other.sid || over) return other.epoch > one.epoch ? other : one;
  if (!isLive(one) || !isLive(other)) return isLive(one) ? other : one;
  return other.generation > one.generation ? other : one;
}

/**
 * Whatever was found in storage: a record of this shape, or nothing.
 *
 * @throws AuthError `newer-record` when a later version of the library, open in another tab, has changed the shape
 */
export function asSessionRecord(found: unknown): SessionRecord | undefined {
  if (!isJsonObject(found)) return undefined;
  if (typeof found['v'] === 'number' && found['v'] > 1) throw authError('misconfigured', 'newer-record');
  const sound =
    found['v'] === 1 &&
    typeof found['sid'] === 'string' &&
    typeof found['epoch'] === 'number' &&
    typeof found['generation'] === 'number' &&
    (isJsonObject(found['ended']) || typeof memberAt(found, 'held.token') === 'string');
  return sound ? (found as unknown as SessionRecord) : undefined;
}
