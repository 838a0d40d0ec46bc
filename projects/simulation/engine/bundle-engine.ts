import { mkdir, readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, build } from 'esbuild';
import type { PlantedBug } from './planted-bug';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CACHE = resolve(ROOT, 'dist/simulation');

/** Bundles the engine, with one bug if one is given, and resolves with the file. */
export async function bundleEngine(bug?: PlantedBug): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const name = bug === undefined ? 'engine' : bug.name.replaceAll(/\W+/g, '-');
  const outfile = resolve(CACHE, `${name}.mjs`);
  const plant = bug && planting(bug);
  await build({
    entryPoints: [fileURLToPath(new URL('engine-entry.ts', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: resolve(ROOT, 'tsconfig.json'),
    define: {
      ngDevMode: 'true',
      setTimeout: 'simulatedTimers.set',
      clearTimeout: 'simulatedTimers.clear',
    },
    inject: [fileURLToPath(new URL('simulated-timers.ts', import.meta.url))],
    logLevel: 'error',
    plugins: plant ? [plant.plugin] : [],
  });
  if (plant && !plant.planted()) throw misfit(bug, 'the engine does not use the file');
  return outfile;
}

/** A plugin that puts the bug in the place of the sound text. */
export function planting(bug: PlantedBug): { readonly plugin: Plugin; readonly planted: () => boolean } {
  const target = resolve(ROOT, 'projects/ngx-latchkey', bug.file);
  let planted = false;
  const plugin: Plugin = {
    name: 'planted-bug',
    setup(setup) {
      setup.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (path.replaceAll('/', sep) !== target) return undefined;
        const pieces = (await readFile(path, 'utf8')).split(bug.find);
        if (pieces.length !== 2) throw misfit(bug, `its text occurs ${pieces.length - 1} times`);
        planted = true;
        return { contents: pieces.join(bug.replace), loader: 'ts' };
      });
    },
  };
  return { plugin, planted: () => planted };
}

function misfit({ name, file }: PlantedBug, why: string): Error {
  return new Error(`The planted bug "${name}" no longer fits the code in ${file}: ${why}.`);
}
