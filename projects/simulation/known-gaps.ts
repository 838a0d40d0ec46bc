/**
 * What the engine is known not to keep yet. As long as an entry is `true` the simulation looks away there; each goes with the change that
 * mends it.
 */
export const KNOWN_GAPS: Readonly<Record<Gap, boolean>> = {
  'a token ahead of its life': true,
  'clocks that differ by milliseconds': true,
  'polling while the renewal of an older session runs': true,
  'requests of a page that was left': true,
  'a logout that the storage did not take': true,
  'a sign-in that the storage did not take': true,
  'a session that cannot be renewed, after its time': true,
  'an intent that the storage did not take': true,
  'a renewal that stood still steals the lock': true,
};

export type Gap =
  /** Asked for a token that lives longer than any the server gives out, the engine renews without end for fifteen seconds. */
  | 'a token ahead of its life'
  /** An attempt or a failure that another tab noted a millisecond in the future is taken for none: the tabs do not wait for each other. */
  | 'clocks that differ by milliseconds'
  /** While somebody waits for a token of a new session and the renewal of the one before runs, timers follow each other at once. */
  | 'polling while the renewal of an older session runs'
  /** A request made while the record is read again gets `null`, and goes out anonymous, when the session turns out to be over. */
  | 'requests of a page that was left'
  /** A logout during a breakdown of the storage is not stored later, and keeps the other tabs from renewing as long as the tab is open. */
  | 'a logout that the storage did not take'
  /** A sign-in during a breakdown of the storage may get the epoch of the session that is stored, and lose against it later. */
  | 'a sign-in that the storage did not take'
  /** Where nothing can be renewed, a visible page runs timers without end as soon as the token's time is over. */
  | 'a session that cannot be renewed, after its time'
  /** It is forgotten as soon as the storage can be read again; the new token is then thrown away, and the old one sent once more. */
  | 'an intent that the storage did not take'
  /**
   * A tab that stood still, or whose clock was set, between its intent and its request gives the lock away, and then steals it from the next
   * tab, which has only begun: both send the same refresh token.
   */
  | 'a renewal that stood still steals the lock';
