/**
 * What the engine is known not to keep yet. As long as an entry is `true` the simulation looks away there; each goes with the change that
 * mends it.
 */
export const KNOWN_GAPS: Readonly<Record<Gap, boolean>> = {
  'a token ahead of its life': true,
  'clocks that differ by milliseconds': true,
  'polling while the renewal of an older session runs': true,
  'requests of a page that was left': true,
};

export type Gap =
  /** Asked for a token that lives longer than any the server gives out, the engine renews without end for fifteen seconds. */
  | 'a token ahead of its life'
  /** An attempt or a failure that another tab noted a millisecond in the future is taken for none: the tabs do not wait for each other. */
  | 'clocks that differ by milliseconds'
  /** While somebody waits for a token of a new session and the renewal of the one before runs, timers follow each other at once. */
  | 'polling while the renewal of an older session runs'
  /** A request made while the record is read again gets `null`, and goes out anonymous, when the session turns out to be over. */
  | 'requests of a page that was left';
