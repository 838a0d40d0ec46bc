import type { PeerResult, Results } from '../results';
import type { Scenario } from '../scenarios/scenario';

/** A table as text: the first line are its headings. */
export interface ReportTable {
  readonly title: string;
  readonly lines: readonly (readonly string[])[];
  readonly reading: string;
  /** What went wrong in it. */
  readonly messages: readonly string[];
  readonly notes?: readonly string[];
}

export function scenarioTable({ peers }: Results, scenario: Scenario): ReportTable {
  const messages: string[] = [];
  const lines = peers.map(({ peer, outcomes }) => {
    const outcome = outcomes[scenario.name];
    if (outcome !== undefined && 'cells' in outcome) return [peer.title, ...outcome.cells];
    messages.push(`${peer.title}: ${outcome?.crashed ?? 'not tried'}`);
    return [peer.title, ...scenario.columns.map(() => 'not known')];
  });
  return {
    title: scenario.title,
    lines: [['', ...scenario.columns], ...lines],
    reading: scenario.reading,
    messages,
  };
}

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;

export function sizeTable({ peers, bare }: Results): ReportTable {
  const messages: string[] = [];
  const cells = ({ peer, size, lines }: PeerResult): readonly string[] => {
    if (size !== null && 'crashed' in size) messages.push(`${peer.title}: ${size.crashed}`);
    if (size === null || bare === null || 'crashed' in size) return ['not known', 'not known', `${lines}`];
    return [kilobytes(size.first - bare.first), kilobytes(size.signedIn - bare.first), `${lines}`];
  };
  return {
    title: 'What it adds',
    lines: [
      ['', 'at first', 'with a sign-in', 'lines of user code'],
      ...peers.map(result => [result.peer.title, ...cells(result)]),
    ],
    reading:
      `Scripts that the browser fetches, gzip level 9, more than the application without a library (${bare === null ? 'not known' : kilobytes(bare.first)}): by a visitor who is not signed in, and by one who signs in. ` +
      'The second column includes the user code of the third. Lines are what the application has and the bare one has not, without blank lines and comments, all formatted by Prettier alike. What these lines ' +
      'do not give is in the tables above.',
    messages,
  };
}

/** Microseconds that no interceptor computes. */
const A_TIMER = 1_000;

export function costTable({ peers }: Results): ReportTable {
  const messages: string[] = [];
  const notes: string[] = [];
  const cells = ({ peer, cost }: PeerResult): readonly string[] => {
    if (cost !== null && 'crashed' in cost) messages.push(`${peer.title}: ${cost.crashed}`);
    if (cost === null || 'crashed' in cost) return ['not known', 'not known', 'not known'];
    const { ratio, added, reads } = cost;
    const read = `${Number(reads.toFixed(2))}`;
    if (peer.costNote !== undefined) notes.push(`${peer.title}: ${peer.costNote}`);
    // A wait, which is no work and depends on what was before it.
    if (added > A_TIMER) return ['a wait, see below', `${(added / 1_000).toFixed(1)} ms`, read];
    return [ratio.toFixed(1), `${added.toFixed(0)} µs`, read];
  };
  return {
    title: 'What a call costs',
    lines: [
      ['', 'times a call without it', 'more', 'reads of storage'],
      ...peers.map(result => [result.peer.title, ...cells(result)]),
    ],
    reading:
      'A call of `HttpClient` with a good token whose answer is there at once, without a network, against the same call in the same page through an interceptor that does nothing: medians of 60 rounds of 200 calls ' +
      'each, in turn. Times depend on the machine and are asserted nowhere; a call over a network takes thousands of microseconds. Reads are of `localStorage`, `sessionStorage` and IndexedDB, for each call.',
    messages,
    notes,
  };
}
