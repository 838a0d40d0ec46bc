import type { WireAnswer } from '../contract/wire';

const WITHIN = 5_000;

/**
 * Milliseconds that the server's clock is ahead of the local one, by the `Date` of an answer where it can be read; else what was
 * known before. A few seconds are nobody's fault, and an answer that took long says nothing.
 *
 * @param sent when the request left, in milliseconds since the epoch
 */
export function serverSkew({ headers }: WireAnswer, sent: number, now: number, known: number): number {
  // The header is cut to whole seconds.
  const skew = Date.parse(headers['date'] ?? '') + 500 - (sent + now) / 2;
  if (Number.isNaN(skew) || now - sent > WITHIN) return known;
  return Math.abs(skew) > WITHIN ? skew : 0;
}
