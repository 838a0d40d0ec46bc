import { AuthError, authError } from '../contract/auth-error';
import type { Clock } from './ports';

const SEATS = 1_000;
/** How many leave at a time, and milliseconds between two slices: a thousand requests at once would be a storm of our own. */
const SLICE = 20;
const PAUSE = 16;

/** Callers that wait, for a limited time, for something to become so. */
export interface WaitingRoom {
  /** Whether anybody waits. */
  occupied(): boolean;
  /** Has everybody look again. */
  lookAgain(): void;
  /**
   * Waits until `look` sees something, which resolves, or an error, which rejects; `undefined` after so many milliseconds.
   * Rejects with `too-many-waiting` when a thousand wait already.
   */
  wait<Seen>(look: () => Seen | AuthError | undefined, patience: number): Promise<Seen | undefined>;
}

export function waitingRoom(clock: Clock): WaitingRoom {
  const waiting = new Set<Caller>();
  // Those who have seen something and are let out in slices.
  const leaving = new Set<Caller>();
  let pausing = false;

  function lookAgain(): void {
    for (const caller of [...waiting]) {
      if (caller.look() === undefined) continue;
      waiting.delete(caller);
      leaving.add(caller);
    }
    if (!pausing) letOut();
  }

  function letOut(): void {
    for (const caller of [...leaving].slice(0, SLICE)) {
      leaving.delete(caller);
      // What was seen a slice ago may be over.
      const seen = caller.look();
      if (seen === undefined) waiting.add(caller);
      else caller.leave(seen);
    }
    pausing = leaving.size > 0;
    if (pausing) clock.after(PAUSE, letOut);
  }

  return {
    occupied: () => waiting.size > 0,
    lookAgain,
    wait(look, patience) {
      if (waiting.size + leaving.size >= SEATS)
        return Promise.reject(authError('not-now', 'too-many-waiting'));
      return new Promise((resolve, reject) => {
        const caller: Caller = {
          look,
          leave(seen) {
            stopTimer();
            if (seen instanceof AuthError) reject(seen);
            // What a caller's own look has seen.
            else resolve(seen as Exclude<ReturnType<typeof look>, AuthError>);
          },
        };
        const stopTimer = clock.after(patience, () => {
          waiting.delete(caller);
          leaving.delete(caller);
          resolve(undefined);
        });
        waiting.add(caller);
      });
    },
  };
}

interface Caller {
  look(): unknown;
  leave(seen: unknown): void;
}
