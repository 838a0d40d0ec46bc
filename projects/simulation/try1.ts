import { World } from './world/world';
import { bundleEngine } from './engine/bundle-engine';
import { loadEngine } from './engine/load-engine';
const library = await loadEngine(await bundleEngine());
const [setup, commands] = JSON.parse(process.argv[2]!);
const w = new World(library, {
  seed: 0,
  tabs: 1,
  renewable: true,
  rotation: 'strict',
  life: 60,
  delivery: 'prompt',
  locks: true,
  clockAhead: 0,
  slowness: 0,
  latency: 20,
  ...setup,
});
const t0 = w.time.now;
const p = w.database.written;
w.database.written = x => {
  console.log(w.time.now - t0, 'W', x.page.id, JSON.stringify(x.after));
  p(x);
};
const u = w.network.using;
w.network.using = x => {
  console.log(w.time.now - t0, 'USE', x.page.id, x.secret, x.forced);
  u(x);
};
const o = w.observer.heard;
(w.observer as any).heard = (t: any, e: any, s: any) => {
  console.log(
    w.time.now - t0,
    'tab',
    t.page.id,
    JSON.stringify(e),
    s.phase,
    s.record?.sid,
    s.record?.generation,
  );
  o(t, e, s);
};
try {
  await w.run(commands);
} catch (e) {
  console.log(e);
}
