/**
 * How much renewing has been asked of the server lately without need: failed attempts, and those that an API's rejection forced.
 * A bucket that leaks one a minute and holds five, so that whatever happens there are at most ten in five minutes.
 */
export interface Strain {
  readonly level: number;
  /** When the level was so, in milliseconds since the epoch. */
  readonly at: number;
}

/** Milliseconds in which the strain of one attempt leaks away. */
export const LEAK = 60_000;
const MOST = 5;

export function addStrain(strain: Strain | undefined, now: number): Strain {
  return { level: levelAt(strain, now) + 1, at: now };
}

/** When there is room for another attempt, in milliseconds since the epoch; not after `now` if there is. */
export function roomAt(strain: Strain | undefined, now: number): number {
  return now + (levelAt(strain, now) - (MOST - 1)) * LEAK;
}

function levelAt(strain: Strain | undefined, now: number): number {
  // A clock that was set back leaks nothing, and loses nothing either.
  return strain ? Math.max(0, strain.level - Math.max(0, now - strain.at) / LEAK) : 0;
}
