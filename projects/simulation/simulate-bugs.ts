// Plants each bug in a copy of the engine, runs random worlds until it is found, and the specs of its scenario, which have to fail:
//   npm run simulate:bugs [-- --runs 20000] [--seed 1] [--workers n]
import { bundleEngine } from './engine/bundle-engine';
import { bundleWorker } from './engine/bundle-worker';
import { runFaultSpecs } from './fault-specs/run-fault-specs';
import { PLANTED_BUGS } from './planted-bugs';
import { Crew } from './runs/crew';
import { readOptions } from './runs/options';
import type { PlantedBug } from './engine/planted-bug';
import type { Finding } from './runs/run-chunk';
import type { Chunk } from './runs/worker';

const CHUNK = 100;

const { runs, seed, workers } = readOptions();
const worker = await bundleWorker();

function* chunks(): Generator<Chunk> {
  for (let first = 0; first < runs; first += CHUNK) yield { seed: seed + first / CHUNK, worlds: CHUNK };
}

console.log(`Seed ${seed}\n`);
let missed = 0;
for (const bug of PLANTED_BUGS) {
  let worlds = 0;
  let finding = null as Finding | null;
  await new Crew(worker, await bundleEngine(bug), workers).run(chunks(), report => {
    worlds += report.worlds;
    finding ??= report.finding;
    return finding !== null;
  });
  const specs = await specsThatFind(bug);
  const found = finding !== null && !specs.startsWith('✘');
  if (!found) missed += 1;
  console.log(
    `${found ? '✔' : '✘'} ${bug.name} (${bug.star})\n  ${told(finding, worlds, bug.breaks)}\n  ${specs}`,
  );
}
console.log(`\n${PLANTED_BUGS.length - missed} of ${PLANTED_BUGS.length} planted bugs were found`);
process.exit(missed > 0 ? 1 : 0);

/** The specs of the bug's scenario pass on the sound engine, and fail on this one. */
async function specsThatFind(bug: PlantedBug): Promise<string> {
  const sound = await runFaultSpecs(bug.star);
  const planted = await runFaultSpecs(bug.star, bug);
  if (sound.specs === 0 || sound.failures > 0) return `✘ the specs of ${bug.star} do not pass without it`;
  return planted.failures > 0
    ? `${bug.star}: ${planted.failures} of ${sound.specs} specs fail`
    : `✘ no spec of ${bug.star} fails`;
}

function told(finding: Finding | null, worlds: number, breaks: string): string {
  if (finding === null) return `not found in ${worlds} worlds; it should break ${breaks}`;
  const lines = finding.script.split('\n').length - 1;
  return `found after ${worlds} worlds, seed ${finding.seed}, in ${lines} steps: ${finding.broken}`;
}
