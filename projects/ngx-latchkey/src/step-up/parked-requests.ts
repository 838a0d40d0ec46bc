import type { AuthError, UsableToken } from 'ngx-latchkey/core';
import { Observable, type Subscriber } from 'rxjs';

/** What a request that waits gets: another token, `null` for the answer that it has already, or a failure. */
export type Release = UsableToken | AuthError | null;

/** Requests that wait for the user. */
export interface ParkedRequests {
  /** Waits; with `null` at once where there are too many already. */
  wait(): Observable<UsableToken | null>;
  release(outcome: Release): void;
}

/**
 * @param limit requests that may wait
 * @param deserted called when the last one has left without being released
 */
export function parkedRequests(limit: number, deserted: () => void): ParkedRequests {
  const waiting = new Set<Subscriber<UsableToken | null>>();
  return {
    wait: () =>
      new Observable(subscriber => {
        if (waiting.size >= limit) {
          subscriber.next(null);
          subscriber.complete();
          return undefined;
        }
        waiting.add(subscriber);
        return () => {
          if (waiting.delete(subscriber) && waiting.size === 0) deserted();
        };
      }),
    release(outcome) {
      const all = [...waiting];
      waiting.clear();
      for (const subscriber of all) {
        if (outcome instanceof Error) subscriber.error(outcome);
        else subscriber.next(outcome);
        subscriber.complete();
      }
    },
  };
}
