import type { World } from './world';

/** What a simulation came to. */
export interface Measures {
  /** Of clients that failed, one after the other, until they were renewed. */
  readonly recovery: {
    /** Clients that failed at least once. */
    affected(): number;
    /** The share of those that were renewed within so many seconds of the end of the outage, or of their first failure after it. */
    within(seconds: number): number;
    /** Seconds within which so large a share was renewed; `Infinity` if it never was. */
    quantile(share: number): number;
  };
  /** Calls that failed, in all. */
  failures(): number;
  /** The most calls in any second from one up to, not including, another. */
  peak(from?: number, to?: number): number;
  asked(second: number, calls: number): void;
  failed(client: number, now: number): void;
  renewed(client: number, now: number): void;
}

const SECOND = 1_000;

export function createMeasures({ clients, end, outage }: World): Measures {
  const seconds = end / SECOND;
  const calls = new Uint32Array(seconds);
  const recovered = new Uint32Array(seconds + 1);
  // From when a client that fails counts; NaN while it does not.
  const since = new Float64Array(clients).fill(NaN);
  let affected = 0;
  let failures = 0;

  const within = (limit: number): number => {
    let count = 0;
    for (const renewals of recovered.subarray(0, Math.floor(limit) + 1)) count += renewals;
    return affected === 0 ? 1 : count / affected;
  };

  return {
    recovery: {
      affected: () => affected,
      within,
      quantile(share) {
        let count = 0;
        const second = recovered.findIndex(renewals => (count += renewals) >= share * affected);
        return second === -1 ? Infinity : second;
      },
    },
    failures: () => failures,
    peak: (from = 0, to = seconds) =>
      calls.subarray(from, to).reduce((most, count) => Math.max(most, count), 0),
    asked: (second, count) => (calls[second] = count),
    failed(client, now) {
      failures += 1;
      if (!Number.isNaN(since[client])) return;
      since[client] = Math.max(now, outage);
      affected += 1;
    },
    renewed(client, now) {
      const from = since[client] ?? NaN;
      if (Number.isNaN(from)) return;
      since[client] = NaN;
      const second = Math.ceil((now - from) / SECOND);
      recovered[second] = (recovered[second] ?? 0) + 1;
    },
  };
}
