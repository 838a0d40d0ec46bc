import { build } from 'esbuild';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../support/project-root';

/**
 * Builds an application of this folder from the library's source, to be compiled in the browser.
 *
 * @param name of the script and of the page
 */
export async function buildPage(name: string, folder: string): Promise<void> {
  await build({
    entryPoints: [inProject(`projects/e2e/oidc/${name}.ts`)],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: inProject('tsconfig.json'),
    logLevel: 'warning',
  });
  copyFileSync(inProject(`projects/e2e/oidc/${name}.html`), join(folder, 'index.html'));
}
