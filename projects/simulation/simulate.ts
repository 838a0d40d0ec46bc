// Runs random worlds on the real engine:
//   npm run simulate                                   20 000 worlds, new ones each time
//   npm run simulate -- --runs 1000000 --workers 8     as many as you like
//   npm run simulate -- --seed 7                       the same worlds again
import { bundleEngine } from './engine/bundle-engine';
import { bundleWorker } from './engine/bundle-worker';
import { Crew } from './runs/crew';
import { leaveCounts } from './runs/leave-counts';
import { ExerciseTable } from './runs/exercise-table';
import { PLANTED_BUGS } from './planted-bugs';
import { readOptions } from './runs/options';
import type { Finding } from './runs/run-chunk';
import { tellFinding } from './runs/tell-finding';
import type { Chunk } from './runs/worker';

/** Worlds that have one seed. */
const CHUNK = 500;

const { runs, seed, path, workers, least } = readOptions();

function* chunks(): Generator<Chunk> {
  if (path !== undefined) {
    yield { seed, worlds: 1, path };
    return;
  }
  for (let first = 0; first < runs; first += CHUNK) {
    yield { seed: seed + first / CHUNK, worlds: Math.min(CHUNK, runs - first) };
  }
}

console.log(`Seed ${seed}`);
// The bugs are planted by another command; that they still fit the code is seen here, since nobody runs that one each time.
if (path === undefined) for (const bug of PLANTED_BUGS) await bundleEngine(bug);
const table = new ExerciseTable();
const started = performance.now();
let worlds = 0;
let finding = null as Finding | null;
await new Crew(await bundleWorker(), await bundleEngine(), path === undefined ? workers : 1).run(
  chunks(),
  report => {
    table.add(report.counts);
    worlds += report.worlds;
    finding ??= report.finding;
    return finding !== null;
  },
);
const seconds = (performance.now() - started) / 1000;
const rare = path === undefined && finding === null ? table.wrong(least) : [];

if (finding !== null) console.log(tellFinding(finding));
else console.log(String(table));
for (const line of rare) console.log(`✘ ${line}`);
console.log(`\n${worlds} worlds in ${seconds.toFixed(0)} s (${(worlds / seconds).toFixed(0)} a second)`);
leaveCounts(
  finding === null ? worlds : worlds - 1,
  finding === null ? rare : [tellFinding(finding), ...rare],
);
process.exit(finding !== null || rare.length > 0 ? 1 : 0);
