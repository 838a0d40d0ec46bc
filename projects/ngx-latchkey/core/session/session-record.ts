import type { Grant, Held } from '../contract/grant';
import { isJsonObject, memberAt } from '../contract/json';
import { type TokenSpan, tokenLife } from './token-life';

/** Why a session ended. */
export type EndReason =
  'user' | 'user-other-tab' | 'refused' | 'expired' | 'subject-changed' | 'account-switch';

interface RecordIdentity {
  /** Version of this shape; later versions only add members. */
  readonly v: 1;
  /** Names one sign-in; random. */
  readonly sid: string;
  /** Counts sign-ins. */
  readonly epoch: number;
  /** Counts the tokens of one sign-in. */
  readonly generation: number;
}

/** A session as it is kept. */
export interface LiveRecord extends RecordIdentity, TokenSpan {
  readonly held: Held;
  readonly ended?: undefined;
}

/** What stays of a session that is over, so that a late answer cannot bring it back. */
export interface Tombstone extends RecordIdentity {
  readonly ended: { readonly reason: EndReason; readonly at: number };
}

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
export function fenceHolds(basis: LiveRecord, current: SessionRecord | undefined): boolean {
  return (
    isLive(current) &&
    current.sid === basis.sid &&
    current.epoch === basis.epoch &&
    current.generation === basis.generation
  );
}

export function tombstone(record: SessionRecord, reason: EndReason, at: number): Tombstone {
  const { v, sid, epoch, generation } = record;
  return { v, sid, epoch, generation, ended: { reason, at } };
}

/** The record of a new sign-in, which takes the place of whatever was kept before. */
export function firstRecord(
  grant: Grant,
  sid: string,
  before: SessionRecord | undefined,
  now: number,
): LiveRecord {
  return {
    v: 1,
    sid,
    epoch: (before?.epoch ?? 0) + 1,
    generation: 1,
    held: grant,
    receivedAt: now,
    life: tokenLife(grant, now),
  };
}

/** The record after a renewal, in which what the server left out stays as it was; a tombstone if it answered with another user. */
export function successor(mine: LiveRecord, grant: Grant, now: number): SessionRecord {
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
    life: tokenLife(grant, now),
  };
}

/** Whatever was found in storage: a record of this shape, or nothing. */
export function asSessionRecord(found: unknown): SessionRecord | undefined {
  if (!isJsonObject(found)) return undefined;
  const sound =
    found['v'] === 1 &&
    typeof found['sid'] === 'string' &&
    typeof found['epoch'] === 'number' &&
    typeof found['generation'] === 'number' &&
    (isJsonObject(found['ended']) || typeof memberAt(found, 'held.token') === 'string');
  return sound ? (found as unknown as SessionRecord) : undefined;
}
