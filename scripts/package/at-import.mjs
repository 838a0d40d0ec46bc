import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What happens when an application imports the entry points: nothing may run, and what is not used may not stay. */
export async function effectsOfImport(folder, exports) {
  // Angular's own packages want it where nothing has linked them.
  await import('@angular/compiler');
  await import('@angular/router');
  const entries = Object.entries(exports).filter(([, { types }]) => types !== undefined);
  const problems = [];
  for (const [name, { default: file }] of entries) {
    const before = running();
    await import(pathToFileURL(join(folder, file)).href);
    const left = running().filter(one => !before.includes(one));
    if (left.length > 0) problems.push(`${name} leaves ${left.join(', ')} behind when it is imported`);
  }
  // Afterwards: what bundles is at work in the background itself.
  for (const [name, { default: file }] of entries) {
    const rest = await unusedImport(folder, file);
    if (rest !== '')
      problems.push(`${name} stays in a bundle that uses nothing of it: ${rest.slice(0, 100)}`);
  }
  return problems;
}

/** Names of global variables, and of work that has not come to its end. */
function running() {
  return [...Object.getOwnPropertyNames(globalThis), ...process.getActiveResourcesInfo()];
}

async function unusedImport(folder, file) {
  const { outputFiles } = await build({
    stdin: { contents: `import * as all from '${file}';`, resolveDir: resolve(folder) },
    bundle: true,
    write: false,
    format: 'esm',
    packages: 'external',
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0].text.trim();
}
