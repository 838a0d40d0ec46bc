import type { Ending, LogEntry, RunRecord } from './log-entry';
import { isSpent, lostResponsesIn, refreshesIn } from './lost-responses';

/** One line of the table at the end. */
export interface Count {
  readonly name: string;
  readonly count: number;
  /** What may not be: the lines of the log, or the endings, that prove it. */
  readonly breaches?: readonly string[];
}

/** What a run came to, by the server's log. */
export function verdictOf(run: RunRecord): readonly Count[] {
  const refreshes = refreshesIn(run.entries);
  const spent = refreshes.filter(isSpent);
  const lost = lostResponsesIn(run);
  const excused = new Set(lost.map(({ presented }) => presented));
  const twice = spent.filter(
    entry => !excused.has(entry.presented) && spent.some(earlier => isEarlierUse(earlier, entry)),
  );
  const reused = refreshes.filter(({ outcome }) => outcome === 'reused');
  const unexcused = reused.filter(({ presented }) => !excused.has(presented));
  const anonymous = run.entries.filter(({ path, bearer }) => path.startsWith('/api/') && !bearer);
  const ended = run.endings.filter(({ reason }) => !OWN_DOING.has(reason));
  // A strict server takes the second use of a token whose answer got lost for theft; every tab hears of that end.
  const proofs = run.rotation === 'strict' ? reused.filter(entry => excused.has(entry.presented)) : [];
  const unproven = ended.filter(ending => !proofs.some(proof => follows(ending, proof)));
  return [
    { name: 'refreshes', count: spent.length },
    { name: 'answers of a refresh that were lost', count: lost.length },
    { name: 'repeats after a lost answer', count: refreshes.filter(isRepeat).length },
    { name: 'generations that were renewed twice', count: twice.length, breaches: twice.map(told) },
    { name: 'refresh tokens used twice, of which the server knew', count: reused.length },
    { name: '… without a lost answer', count: unexcused.length, breaches: unexcused.map(told) },
    { name: 'sessions that ended unasked', count: ended.length },
    {
      name: '… without a lost answer',
      count: unproven.length,
      breaches: unproven.map(({ at, reason }) => `${new Date(at).toISOString()} ${reason}`),
    },
    { name: 'API requests', count: run.entries.filter(({ path }) => path.startsWith('/api/')).length },
    { name: 'API requests without a token', count: anonymous.length, breaches: anonymous.map(told) },
  ];
}

/** What the driver brings about itself. */
const OWN_DOING: ReadonlySet<string> = new Set(['user', 'user-other-tab', 'account-switch']);

/** Milliseconds in which every tab has heard of an end, frozen ones and those that are loading included. */
const HEARING = 30_000;

function follows({ at }: Ending, { at: proof }: LogEntry): boolean {
  const since = at - Date.parse(proof);
  return since > -2_000 && since < HEARING;
}

function isEarlierUse(earlier: LogEntry, later: LogEntry): boolean {
  return earlier.n < later.n && earlier.presented !== undefined && earlier.presented === later.presented;
}

function isRepeat({ outcome }: LogEntry): boolean {
  return outcome === 'repeated';
}

function told(entry: LogEntry): string {
  return JSON.stringify(entry);
}
