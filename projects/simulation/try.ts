import { bundleEngine, loadEngine } from './engine/bundle-engine';
import { runChunk } from './runs/run-chunk';
const library = await loadEngine(await bundleEngine());
const t = performance.now();
const r = await runChunk(library, Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 200), process.argv[4]);
console.log(r.worlds, 'worlds', performance.now() - t, 'ms');
console.log(Object.entries(r.counts).sort().map(([a, b]) => `${a}: ${b}`).join('\n'));
if (r.finding) console.log(r.finding.broken, '\n' + r.finding.script, '\n', r.finding);
