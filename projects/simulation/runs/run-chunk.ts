import fc from 'fast-check';
import type { EngineLibrary } from '../engine/load-engine';
import { BrokenPromise } from '../world/broken-promise';
import { type Script, tellScript } from '../world/command';
import { World } from '../world/world';
import type { Chunk } from './worker';
import { orderAt } from './all-orders';
import { scripts } from './script-arbitrary';

/** A world in which a promise was broken, as short as it could be made. */
export interface Finding {
  /** Of the worlds, or the number of the order. */
  readonly seed: number;
  /** The command that runs it again. */
  readonly again: string;
  /** How many worlds it took. */
  readonly worlds: number;
  readonly broken: string;
  readonly script: string;
}

/** What came of some worlds. */
export interface ChunkReport {
  readonly worlds: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly finding: Finding | null;
}

type RunScript = (script: Script) => Promise<void>;

/** Runs so many worlds, which are the same for the same seed; `begin` is called before each. */
export async function runChunk(
  library: EngineLibrary,
  chunk: Chunk,
  begin: () => void,
): Promise<ChunkReport> {
  const counts = new Map<string, number>();
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => {
    unhandled.push(error);
  };
  process.on('unhandledRejection', note).on('uncaughtException', note);
  const run: RunScript = async script => {
    unhandled.length = 0;
    begin();
    await runScript(library, script, counts);
    if (unhandled.length > 0)
      throw new BrokenPromise('sanity', `an error went unhandled: ${String(unhandled[0])}`);
  };
  const outcome = await (chunk.depth === undefined
    ? runRandom(chunk, run)
    : runOrders(chunk, chunk.depth, run));
  process.off('unhandledRejection', note).off('uncaughtException', note);
  return { ...outcome, counts: Object.fromEntries(counts) };
}

type Outcome = Omit<ChunkReport, 'counts'>;

async function runRandom({ seed, worlds, path = '' }: Chunk, run: RunScript): Promise<Outcome> {
  const property = fc.asyncProperty(scripts(), run);
  const details = await fc.check(property, { seed, numRuns: worlds, path, endOnFailure: path !== '' });
  return { worlds: details.numRuns, finding: details.failed ? findingOf(details) : null };
}

/** Nothing is made shorter here: whoever tries the short orders first has the shortest. */
async function runOrders({ seed, worlds }: Chunk, depth: number, run: RunScript): Promise<Outcome> {
  for (let count = 0; count < worlds; count += 1) {
    const script = orderAt(seed + count, depth);
    try {
      await run(script);
    } catch (error) {
      const finding: Finding = {
        seed: seed + count,
        again: `npm run simulate:orders -- --depth ${depth} --from ${seed + count} --runs 1`,
        worlds: count + 1,
        broken: said(error),
        script: tellScript(script),
      };
      return { worlds: count + 1, finding };
    }
  }
  return { worlds, finding: null };
}

async function runScript(library: EngineLibrary, script: Script, counts: Map<string, number>): Promise<void> {
  const world = new World(library, script.setup);
  await world.run(script.commands);
  for (const [name, count] of world.ledger.counts) counts.set(name, (counts.get(name) ?? 0) + count);
}

function findingOf(details: fc.RunDetails<[Script]>): Finding {
  const [script] = details.counterexample ?? [];
  return {
    seed: details.seed,
    again: `npm run simulate -- --seed ${details.seed} --path ${details.counterexamplePath ?? ''}`,
    worlds: details.numRuns,
    broken: said(details.errorInstance),
    script: script === undefined ? '' : tellScript(script),
  };
}

function said(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message}` : String(error);
}
