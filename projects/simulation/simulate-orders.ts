// Tries every order of some moves of three tabs, in four worlds each: strict and not, with locks and without:
//   npm run simulate:orders                    5 moves, 400 000 worlds
//   npm run simulate:orders -- --depth 3       4 000 worlds, as in npm test
import { bundleEngine } from './engine/bundle-engine';
import { bundleWorker } from './engine/bundle-worker';
import { Crew } from './runs/crew';
import { leaveCounts } from './runs/leave-counts';
import { readOrderOptions } from './runs/options';
import type { Finding } from './runs/run-chunk';
import { tellFinding } from './runs/tell-finding';
import type { Chunk } from './runs/worker';

const CHUNK = 500;

const { depth, from, runs, workers } = readOrderOptions();

function* chunks(): Generator<Chunk> {
  for (let first = 0; first < runs; first += CHUNK) {
    yield { seed: from + first, worlds: Math.min(CHUNK, runs - first), depth };
  }
}

const started = performance.now();
let worlds = 0;
let finding = null as Finding | null;
await new Crew(await bundleWorker(), await bundleEngine(), workers).run(chunks(), report => {
  worlds += report.worlds;
  finding ??= report.finding;
  return finding !== null;
});
const seconds = (performance.now() - started) / 1000;

if (finding !== null) console.log(tellFinding(finding));
console.log(`\nF83: ${worlds} orders of ${depth} moves in ${seconds.toFixed(0)} s`);
leaveCounts(finding === null ? worlds : worlds - 1, finding === null ? [] : [tellFinding(finding)]);
process.exit(finding === null ? 0 : 1);
