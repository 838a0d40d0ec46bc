import type { WireAnswer } from '../contract/wire';
import type { Clock, Transport } from './ports';

const WITHIN = 5_000;

/** A transport that learns from each answer what time it is at the server. */
export interface TimedTransport {
  readonly transport: Transport;
  /** Milliseconds that the server's clock is ahead of the local one, as far as is known. */
  skew(): number;
}

/** @param changed called when the skew has changed by more than a few seconds */
export function timedTransport(
  plain: Transport,
  clock: Clock,
  changed: (skew: number) => void,
): TimedTransport {
  let skew = 0;
  return {
    skew: () => skew,
    async transport(request, deadline) {
      const sent = clock.now();
      const answer = await plain(request, deadline);
      const before = skew;
      skew = serverSkew(answer, sent, clock.now(), skew);
      if (Math.abs(skew - before) > WITHIN) changed(skew);
      return answer;
    },
  };
}

/**
 * Milliseconds that the server's clock is ahead of the local one, by the `Date` of an answer where it can be read; else what was
 * known before. A few seconds are nobody's fault, and an answer that took long says nothing.
 *
 * @param sent when the request left, in milliseconds since the epoch
 */
function serverSkew({ headers }: WireAnswer, sent: number, now: number, known: number): number {
  // The header is cut to whole seconds.
  const skew = Date.parse(headers['date'] ?? '') + 500 - (sent + now) / 2;
  if (Number.isNaN(skew) || now - sent > WITHIN) return known;
  return Math.abs(skew) > WITHIN ? skew : 0;
}
