import type { Disturbance, LogEntry, RunRecord } from './log-entry';

/** Milliseconds that an answer may be on its way, or in the hands of a page that has not stored it yet. */
const ON_ITS_WAY = 1_500;
/** The same for one that the server was told to hold back. */
const HELD_BACK = 12_000;

/** The refreshes that the server made. */
export function refreshesIn(entries: readonly LogEntry[]): readonly LogEntry[] {
  return entries.filter(({ path }) => path === '/auth/refresh');
}

/**
 * The refreshes whose answer may have arrived nowhere: the server's log says that it was withheld, or a page was disturbed while it was on
 * its way.
 */
export function lostResponsesIn({ entries, disturbances }: RunRecord): readonly LogEntry[] {
  return refreshesIn(entries).filter(entry => isSpent(entry) && wasLost(entry, disturbances));
}

/** Whether the server took the refresh token, whatever it answered. */
export function isSpent({ outcome, fault }: LogEntry): boolean {
  return outcome === 'rotated' || outcome === 'repeated' || fault === 'drop';
}

function wasLost({ at, fault, status }: LogEntry, disturbances: readonly Disturbance[]): boolean {
  if (fault === 'drop' || status === 0) return true;
  const sent = Date.parse(at);
  const last = sent + (fault === undefined ? ON_ITS_WAY : HELD_BACK);
  return disturbances.some(other => other.at >= sent - 300 && other.at <= last);
}
