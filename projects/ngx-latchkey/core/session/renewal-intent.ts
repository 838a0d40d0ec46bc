import type { SessionInput } from './reduce';
import type { Renewal } from './renewal';
import { isResting, withFailure } from './renewal-failure';
import { type Attempt, type LiveRecord, fenceHolds, latest } from './session-record';
import { isPast } from './past';
import { stoodStill } from './standstill';
import { addStrain } from './strain';
import { isUsable } from './token-life';

/** An intent that was written: this tab may ask the server now. */
export interface Intent {
  readonly attempt: Attempt;
  /** One that was left open, so that the server may have replaced the refresh token already. */
  readonly earlier: Attempt | undefined;
  /** When this tab began to write it, in milliseconds since the epoch. */
  readonly since: number;
}

/** Milliseconds that an attempt may take before another tab may try. */
export const LEASE = 14_000;

/** Milliseconds that a tab watches an attempt before it takes its place: after a computer has slept, all tabs wake up in the same moment. */
const WATCH = 2_000;

/** Milliseconds that an attempt may still take to come to an end; 0 without one, and when its time is over. */
export function runningFor({ attempt }: LiveRecord, now: number): number {
  return attempt && !attempt.over && isPast(attempt.at, now) ? Math.max(attempt.at + LEASE - now, 0) : 0;
}

export function isRunning(record: LiveRecord, now: number): boolean {
  return runningFor(record, now) > 0;
}

/**
 * Writes the intent to renew, if the session is still the one it was and no other tab has failed a moment ago.
 *
 * @param sure whether this tab has the lock, and nobody who was robbed of it may go on. Where it has not, the intent is the lock: whoever
 * comes second waits for the first.
 * @returns `null` if the tab stood still meanwhile and may have been robbed of its turn
 */
export async function writeIntent(
  mine: LiveRecord,
  { session, ports, forced }: Renewal,
  sure: boolean,
): Promise<Intent | SessionInput | null> {
  const { store, clock, random, uniqueId } = ports;
  const careful = session.rotation === 'strict' && !forced;
  const watched = watch();
  for (;;) {
    const id = uniqueId();
    const since = clock.now();
    let earlier: Attempt | undefined;
    const kept = await store.change(stored => {
      const now = clock.now();
      // A storage that has gone back in time gets what this tab knows.
      const current = stored?.sid === mine.sid ? latest(stored, mine) : stored;
      if (!fenceHolds(mine, current)) return undefined;
      earlier = current.attempt;
      // Whoever was robbed just now is still at work, and the lock does not say so any more: the attempt itself has to.
      if (earlier && !sure && !earlier.lease && isRunning(current, now)) {
        return { ...current, attempt: { ...earlier, lease: true } };
      }
      if (isResting(current, now, forced)) return undefined;
      const crowded = earlier?.lease && !earlier.over && watched(earlier, now) < WATCH;
      if (crowded || (earlier && (earlier.lease || !sure) && isRunning(current, now))) return undefined;
      // A page went away in the middle of this. While the token still serves, nothing is risked.
      if (earlier && careful && isUsable(current, now))
        return withFailure(current, IN_DOUBT, 'doubt', 0, now);
      const attempt = { id, at: now, lease: !sure };
      return { ...current, attempt, strain: forced ? addStrain(current.strain, now) : current.strain };
    });
    if (!fenceHolds(mine, kept)) return { type: 'overtaken', record: kept };
    if (kept.attempt?.id === id) return { attempt: kept.attempt, earlier, since };
    if (isResting(kept, clock.now(), forced)) return { type: 'renewal-failed', record: kept };
    await new Promise<void>(resolve => clock.after(150 + 250 * random(), resolve));
    if (stoodStill(since, clock.now())) return null;
  }
}

/** Tells for how many milliseconds an attempt has been seen by this tab, and this tab has not stood still meanwhile. */
function watch(): (attempt: Attempt, now: number) => number {
  let id = '';
  let since = 0;
  let last = 0;
  return (attempt, now) => {
    if (attempt.id !== id || stoodStill(last, now)) since = now;
    id = attempt.id;
    last = now;
    return now - since;
  };
}

const IN_DOUBT = { failure: 'not-now', code: 'in-doubt' } as const;
