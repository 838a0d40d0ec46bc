import { AuthError, authError } from '../contract/auth-error';
import type { Clock } from './ports';

const SEATS = 1_000;

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
  const looks = new Set<() => void>();
  return {
    occupied: () => looks.size > 0,
    lookAgain() {
      for (const look of [...looks]) look();
    },
    wait(look, patience) {
      if (looks.size >= SEATS) return Promise.reject(authError('not-now', 'too-many-waiting'));
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          looks.delete(lookOnce);
          stopTimer();
        };
        const lookOnce = (): void => {
          const seen = look();
          if (seen === undefined) return;
          if (seen instanceof AuthError) reject(seen);
          else resolve(seen);
          leave();
        };
        const stopTimer = clock.after(patience, () => {
          leave();
          resolve(undefined);
        });
        looks.add(lookOnce);
      });
    },
  };
}
