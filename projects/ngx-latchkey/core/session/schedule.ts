import type { Refusal } from '../contract/refusal';
import { isPast } from './past';
import type { LiveRecord } from './session-record';
import { type SessionState, isRenewable } from './session-state';
import { roomAt } from './strain';
import { usableUntil } from './token-life';

const SECOND = 1_000;
/** Milliseconds between two failures at least. */
export const REST = 10 * SECOND;
/** Milliseconds over which clients spread a repeat whose answer was lost. */
export const REPEAT = 5 * SECOND;

/**
 * When to renew a token without being asked, in milliseconds since the epoch: from seven tenths of its life on, or from ten
 * minutes before its end if that is later, anywhere within a tenth of its life, six minutes at most, so that sessions born together
 * do not renew together. Never within ten seconds of its receipt, so that a tiny lifetime cannot loop.
 */
export function renewalDue(record: LiveRecord, random: number): number {
  if (record.life === null) return Infinity;
  const earliest = Math.max(0.7 * record.life, record.life - 600 * SECOND);
  const span = Math.min(0.1 * record.life, 360 * SECOND);
  return record.receivedAt + Math.max(earliest + random * span, 10 * SECOND);
}

/**
 * Until when a failure is left alone, in milliseconds since the epoch: ten seconds, or a server's `Retry-After`, spread by a fifth, up to an
 * hour. What only a change of configuration can mend is tried once a minute.
 */
export function restUntil({ failure, retryAfter }: Refusal, random: number, now: number): number {
  const asked = failure === 'misconfigured' ? 60 : Math.min(retryAfter ?? 0, 3600);
  return now + Math.max(asked * SECOND * (1 + 0.2 * random), REST);
}

/**
 * When to try again without being asked after so many failures in a row, in milliseconds since the epoch: after the rest, anywhere
 * up to a bound that doubles, which is what lets a million clients recover together.
 */
export function retryAt(refusal: Refusal, failures: number, random: number, now: number): number {
  const jittered = random * Math.min(300 * SECOND, 2 ** failures * SECOND);
  return Math.max(restUntil(refusal, random, now), now + REST + jittered);
}

/** What besides the session decides when it is renewed. */
export interface Circumstances {
  readonly now: number;
  /** Whether anybody may be looking at the page. */
  readonly visible: boolean;
  readonly online: boolean;
  /** Whether a renewal runs, be it of a session that was replaced. */
  readonly busy: boolean;
  /** Whether anybody waits for a token. */
  readonly waitedFor: boolean;
  /** Where in its span the renewal falls, from 0 up to 1; drawn once for each token. */
  readonly jitter: number;
  /** When the page was last shown, woken up or online again, and until when it takes its time then. */
  readonly wokenAt: number;
  readonly calmUntil: number;
}

/**
 * When to renew a session next, in milliseconds since the epoch; `Infinity` for not without being asked: pages that are hidden or offline
 * renew when somebody waits. A renewal whose answer was lost, or whose page went away with it, is made good by whatever page there is:
 * the server takes the old token for a while only.
 */
export function renewalMoment(
  state: SessionState,
  { now, visible, online, busy, waitedFor, jitter, wokenAt, calmUntil }: Circumstances,
): number {
  const { record } = state;
  if (record === null || !isRenewable(state) || busy || state.away) return Infinity;
  const { attempt, strain } = record;
  const failure = record.failure && isPast(record.failure.at, now) ? record.failure : undefined;
  // Whoever makes good what was cut off needs no room: there was some for it when it began.
  const room = attempt ? 0 : roomAt(strain, now);
  if (waitedFor) return failure?.notBefore ?? room;
  if (!online) return Infinity;
  if (attempt && !failure) return attempt.at + REST + jitter * REPEAT;
  if (failure?.again) return failure.retryAt;
  if (!visible) return Infinity;
  if (!failure) return Math.max(renewalDue(record, jitter), calmUntil, room);
  return Math.max(wokenAt > failure.at ? failure.notBefore : failure.retryAt, calmUntil);
}

/** The next moment at which anything about a session that can be seen changes or has to be done. */
export function nextMoment(state: SessionState, circumstances: Circumstances): number {
  const { record, phase, away } = state;
  const usable = !away && phase !== 'blocked' && phase !== 'suspended';
  const expiring = record !== null && isRenewable(state) && usable && circumstances.visible;
  return Math.min(expiring ? usableUntil(record) : Infinity, renewalMoment(state, circumstances));
}
