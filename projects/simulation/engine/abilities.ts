/**
 * What the engine promises so far. A promise that is not made yet is not asserted, and the faults it stands against are not tried;
 * each becomes `true` with the change that keeps it.
 */
export const ABILITIES = {
  /** Keeps order by a lease in the record where the browser has no locks. */
  orderWithoutLocks: false,
  /** Never uses an old refresh token again when the storage did not take the new one in. */
  survivesBrokenStorage: false,
  /** All tabs wait together after a failure, and there are at most ten failures in five minutes. */
  sharedBackOff: false,
  /** Tells an end that a lost answer caused from one that the server meant. */
  tellsLostResponse: false,
  /** Lets no token out after the page was left, until the record has been read again. */
  readsBeforeSending: false,
  /** Sets no timer to look whether a renewal is over. */
  waitsWithoutPolling: false,
  /** Takes the lock from a tab that stands still. */
  stealsLock: false,
} as const satisfies Record<string, boolean>;
