import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { ROOT, planting } from '../engine/bundle-engine';
import type { PlantedBug } from '../engine/planted-bug';

/** What came of the specs of one scenario. */
export interface SpecReport {
  readonly specs: number;
  readonly failures: number;
}

const CACHE = resolve(ROOT, 'dist/simulation');
/** The specs that need no browser; they are the same that `npm test` runs in one. */
const SPECS = [
  'core/session/faults/several-tabs.fault.spec.ts',
  'core/session/faults/server-trouble.fault.spec.ts',
  'core/session/faults/logout-wins.fault.spec.ts',
  'core/session/faults/wrong-clock.fault.spec.ts',
  'core/session/faults/rejections.fault.spec.ts',
  'core/session/url-rules.spec.ts',
  'core/browser/storage.fault.spec.ts',
];

/** What a browser has and this runtime may not. */
const BROWSER = `
globalThis.window ??= globalThis;
globalThis.location ??= { origin: 'https://app.test' };
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new Promise((done, failed) => { resolve = done; reject = failed; });
  return { promise, resolve, reject };
};`;

/** Runs the specs of a scenario by its id, such as `F13`, on a copy of the library with one bug in it, if one is given. */
export async function runFaultSpecs(id: string, bug?: PlantedBug): Promise<SpecReport> {
  const outfile = resolve(CACHE, `specs-${(bug?.name ?? 'sound').replaceAll(/\W+/g, '-')}.mjs`);
  await build({
    stdin: {
      contents: SPECS.map(spec => `import './${spec}';`).join('\n'),
      resolveDir: resolve(ROOT, 'projects/ngx-latchkey'),
    },
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: withoutAngular(),
    define: { ngDevMode: 'true' },
    banner: { js: BROWSER },
    // The library says of its modules that they do nothing by themselves; its specs do.
    ignoreAnnotations: true,
    logLevel: 'error',
    plugins: bug ? [planting(bug).plugin] : [],
  });
  return report(id, outfile);
}

/** A configuration in which the library is what has nothing of Angular in it: of the rest, the specs need the provider. */
function withoutAngular(): string {
  const file = resolve(CACHE, 'tsconfig.specs.json');
  const library = resolve(ROOT, 'projects/ngx-latchkey');
  const paths = {
    'ngx-latchkey': [`${library}/src/jwt-server/jwt-server.ts`],
    'ngx-latchkey/core': [`${library}/core/public-api.ts`],
  };
  writeFileSync(
    file,
    JSON.stringify({ extends: resolve(ROOT, 'tsconfig.json'), compilerOptions: { paths } }),
  );
  return file;
}

function report(id: string, file: string): SpecReport {
  const config = resolve(CACHE, 'jasmine.json');
  writeFileSync(config, JSON.stringify({ spec_dir: '', spec_files: [file], env: { random: false } }));
  const jasmine = resolve(ROOT, 'node_modules/jasmine/bin/jasmine.js');
  // A bug may make a spec wait for ever; that is a failure too.
  const run = spawnSync(process.execPath, [jasmine, `--config=${config}`, `--filter=${id}`], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  const [, specs = '0', failures = '0'] = /(\d+) (?:of \d+ )?specs?, (\d+) failure/.exec(run.stdout) ?? [];
  if (run.status === null) return { specs: 1, failures: 1 };
  return {
    specs: Number(specs),
    failures: run.status === 0 ? Number(failures) : Math.max(1, Number(failures)),
  };
}
