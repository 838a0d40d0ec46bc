import type { Measures } from './measures';
import { simulate } from './simulate';
import { TABLES, type Table } from './tables';
import { worldOf } from './world';

/** A table with its cells as they are shown. */
export interface RunTable {
  readonly table: Table;
  /** The first line names the columns. */
  readonly lines: readonly (readonly string[])[];
}

const HEADINGS = ['', 'peak/s', 'after a minute', 'failed calls', 'each', '99 % within', 'recovered'];

/** Simulates every row of every table; tells of each when it is done, because each takes seconds. */
export function runTables(clients: number, seed: number, told: (name: string) => void): RunTable[] {
  return TABLES.map(table => {
    const rows = table.rows.map(({ name, policy, world }) => {
      const measures = simulate(worldOf(clients, { ...table.world, ...world }), policy, seed);
      told(`${table.title.slice(0, 1)} ${name}`);
      return [name, ...cells(measures, clients)];
    });
    return { table, lines: [HEADINGS, ...rows] };
  });
}

function cells({ peak, failures, recovery }: Measures, clients: number): string[] {
  const within = recovery.quantile(0.99);
  return [
    count(peak()),
    count(peak(60)),
    count(failures()),
    (failures() / clients).toFixed(failures() < clients ? 2 : 1),
    within === Infinity ? '–' : `${within} s`,
    `${(recovery.within(Infinity) * 100).toFixed(1)} %`,
  ];
}

/** A number with at most three digits before its unit. */
function count(amount: number): string {
  if (amount >= 999_500) return `${(amount / 1_000_000).toFixed(amount < 9_950_000 ? 1 : 0)} M`;
  if (amount >= 1_000) return `${(amount / 1_000).toFixed(amount < 9_950 ? 1 : 0)} k`;
  return String(amount);
}
