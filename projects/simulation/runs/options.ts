import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ordersOf } from './all-orders';

/** How a person wants every order of some moves to be tried. */
export interface OrderOptions {
  readonly depth: number;
  /** The number of the first order, and how many. */
  readonly from: number;
  readonly runs: number;
  readonly workers: number;
}

/** How a person wants the simulation to run. */
export interface RunOptions {
  readonly runs: number;
  readonly seed: number;
  /** fast-check's way to one script, as a failing run prints it. */
  readonly path: string | undefined;
  readonly workers: number;
  /** How often each transition has to be taken at least. */
  readonly least: number;
}

const DEFAULT_RUNS = 20_000;
const MANY_RUNS = 1_000_000;
const DEFAULT_DEPTH = 5;

export function readOptions(): RunOptions {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      path: { type: 'string' },
      workers: { type: 'string' },
      least: { type: 'string' },
    },
  });
  const runs = count('runs', values.runs ?? String(DEFAULT_RUNS));
  const seed = count('seed', values.seed ?? String(Math.floor(Math.random() * 1_000_000_000)));
  const least = count('least', values.least ?? (runs >= MANY_RUNS ? '1000' : '1'));
  return { runs, seed, path: values.path, workers: workersOf(values.workers), least };
}

export function readOrderOptions(): OrderOptions {
  const { values } = parseArgs({
    options: {
      depth: { type: 'string' },
      from: { type: 'string' },
      runs: { type: 'string' },
      workers: { type: 'string' },
    },
  });
  const depth = count('depth', values.depth ?? String(DEFAULT_DEPTH));
  const from = count('from', values.from ?? '0');
  const runs = count('runs', values.runs ?? String(ordersOf(depth) - from));
  return { depth, from, runs, workers: workersOf(values.workers) };
}

function workersOf(text = String(Math.min(availableParallelism(), 8))): number {
  return Math.max(count('workers', text), 1);
}

function count(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name} is a whole number, not "${text}".`);
}
