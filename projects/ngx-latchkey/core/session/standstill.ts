/** Milliseconds between two steps after which a tab must have been frozen, and may have been robbed of its turn. */
const STALL = 4_000;

export function stoodStill(since: number, now: number): boolean {
  return Math.abs(now - since) > STALL;
}
