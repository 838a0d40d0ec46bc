/** The server's time, which a fault can skew. */
export interface Clock {
  /** Milliseconds since the epoch, offset included. */
  now(): number;
  /** How far this clock is ahead of the real one, in seconds. */
  offset: number;
}

export function createClock(real: () => number): Clock {
  const clock: Clock = { offset: 0, now: () => real() + clock.offset * 1000 };
  return clock;
}
