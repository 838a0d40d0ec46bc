import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles what runs the worlds, because a worker thread reads no TypeScript; resolves with the file. */
export async function bundleWorker(): Promise<string> {
  const outfile = resolve(fileURLToPath(new URL('../../..', import.meta.url)), 'dist/simulation/worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../runs/worker.ts', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  return outfile;
}
