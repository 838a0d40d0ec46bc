/** The clocks of two pages differ by milliseconds. */
const DRIFT = 1_000;

/** Whether a moment that some tab has noted is past; one of the future was noted by a clock that has been set back since, and means nothing. */
export function isPast(at: number, now: number): boolean {
  return at <= now + DRIFT;
}
