// Plants each bug in a copy of the engine, runs random worlds until it is found, and says how long that took:
//   npm run simulate:bugs [-- --runs 20000] [--seed 1] [--workers n]
import { bundleEngine } from './engine/bundle-engine';
import { bundleWorker } from './engine/bundle-worker';
import { PLANTED_BUGS } from './planted-bugs';
import { Crew } from './runs/crew';
import { readOptions } from './runs/options';
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
  if (finding === null) missed += 1;
  console.log(
    `${finding === null ? '✘' : '✔'} ${bug.name} (${bug.star})\n  ${told(finding, worlds, bug.breaks)}`,
  );
}
console.log(`\n${PLANTED_BUGS.length - missed} of ${PLANTED_BUGS.length} planted bugs were found`);
process.exit(missed > 0 ? 1 : 0);

function told(finding: Finding | null, worlds: number, breaks: string): string {
  if (finding === null) return `not found in ${worlds} worlds; it should break ${breaks}`;
  const lines = finding.script.split('\n').length - 1;
  return `found after ${worlds} worlds, seed ${finding.seed}, in ${lines} steps: ${finding.broken}`;
}
