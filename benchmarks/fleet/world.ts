/** What happens to the clients. Times are in milliseconds; the world begins at 0. */
export interface World {
  readonly clients: number;
  /** How long a token lives. */
  readonly life: number;
  /** Until when the server answers nobody, from the beginning. */
  readonly outage: number;
  /** Renewals that the server carries out in a second; the others fail with a 503. */
  readonly capacity: number;
  /** When the world ends. */
  readonly end: number;
  /**
   * Which renewals are due at the beginning: `spread` evenly over the time between two renewals, all in the first second
   * (`at-once`), or all long before, of pages that come back in the first second (`appearing`).
   */
  readonly due: 'spread' | 'at-once' | 'appearing';
  /** The share of the pages that are seen as they appear; the others are opened at any time in the hour after it. */
  readonly visible: number;
  /** Whether a request waits for the token when a page appears. */
  readonly waitedFor: boolean;
  /** Seconds up to which the server draws a `Retry-After` when it has no room; 0 for none. */
  readonly retryAfter: number;
}

const MINUTE = 60_000;

/** An outage of a quarter of an hour, tokens of an hour, and a server that can renew 0.3 % of the clients in a second. */
export function worldOf(clients: number, differences: Partial<World> = {}): World {
  return {
    clients,
    life: 60 * MINUTE,
    outage: 15 * MINUTE,
    capacity: Math.ceil(clients * 0.003),
    end: 60 * MINUTE,
    due: 'spread',
    visible: 1,
    waitedFor: false,
    retryAfter: 0,
    ...differences,
  };
}
