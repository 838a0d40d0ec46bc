import { isPast } from './past';

/**
 * How much renewing has been asked of the server lately without need: failed attempts, and those that an API's rejection forced.
 * A bucket that leaks one a minute and holds five, so that whatever happens there are at most ten in five minutes. What is not asked by
 * need finds it full earlier: whoever begins a renewal must have room to ask once more, should the answer get lost.
 */
export interface Strain {
  readonly level: number;
  /** When the level was so, in milliseconds since the epoch. */
  readonly at: number;
}

/** Milliseconds in which the strain of one attempt leaks away. */
export const LEAK = 60_000;

export function addStrain(strain: Strain | undefined, now: number): Strain {
  return { level: levelAt(strain, now) + 1, at: now };
}

/**
 * When there is room for another attempt, in milliseconds since the epoch; not after `now` if there is.
 *
 * @param most how many find room at once
 */
export function roomAt(strain: Strain | undefined, now: number, most = 3): number {
  return now + (levelAt(strain, now) - (most - 1)) * LEAK;
}

function levelAt(strain: Strain | undefined, now: number): number {
  return strain && isPast(strain.at, now) ? Math.max(0, strain.level - (now - strain.at) / LEAK) : 0;
}
