import fc from 'fast-check';
import type { EngineLibrary } from '../engine/load-engine';
import { BrokenPromise } from '../world/broken-promise';
import { type Script, tellScript } from '../world/command';
import { World } from '../world/world';
import type { Chunk } from './worker';
import { scripts } from './script-arbitrary';

/** A world in which a promise was broken, as short as it could be made. */
export interface Finding {
  readonly seed: number;
  /** fast-check's way to the shortest script. */
  readonly path: string;
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

/** Runs so many worlds, which are the same for the same seed; `begin` is called before each. */
export async function runChunk(
  library: EngineLibrary,
  { seed, worlds, path = '' }: Chunk,
  begin: () => void,
): Promise<ChunkReport> {
  const counts = new Map<string, number>();
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => {
    unhandled.push(error);
  };
  process.on('unhandledRejection', note).on('uncaughtException', note);
  const property = fc.asyncProperty(scripts(), async script => {
    unhandled.length = 0;
    begin();
    await runScript(library, script, counts);
    if (unhandled.length > 0)
      throw new BrokenPromise('sanity', `an error went unhandled: ${String(unhandled[0])}`);
  });
  const details = await fc.check(property, { seed, numRuns: worlds, path, endOnFailure: path !== '' });
  process.off('unhandledRejection', note).off('uncaughtException', note);
  const finding = details.failed ? findingOf(details) : null;
  return { worlds: details.numRuns, counts: Object.fromEntries(counts), finding };
}

async function runScript(library: EngineLibrary, script: Script, counts: Map<string, number>): Promise<void> {
  const world = new World(library, script.setup);
  await world.run(script.commands);
  for (const [name, count] of world.ledger.counts) counts.set(name, (counts.get(name) ?? 0) + count);
}

function findingOf(details: fc.RunDetails<[Script]>): Finding {
  const [script] = details.counterexample ?? [];
  const { errorInstance } = details;
  return {
    seed: details.seed,
    path: details.counterexamplePath ?? '',
    worlds: details.numRuns,
    broken:
      errorInstance instanceof Error
        ? `${errorInstance.name} ${errorInstance.message}`
        : String(errorInstance),
    script: script === undefined ? '' : tellScript(script),
  };
}
