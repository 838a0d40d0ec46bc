import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../projects/e2e/support/command';
import { packLibrary } from '../../../projects/e2e/support/packed-library';
import { inProject } from '../../../projects/e2e/support/project-root';
import { APPS, type Peer } from '../peer';

/** Where applications are installed and built, below the project so that they find its Angular, and outside its sources. */
const CACHE = inProject('.latchkey', 'peers');

/** A built application. */
export interface BuiltPeer {
  readonly peer: Peer;
  /** What is to be served. */
  readonly folder: string;
  /** Of the library; `null` where there is none. */
  readonly version: string | null;
}

/**
 * Installs the library with exactly the versions that are pinned and builds the application around it with the project's Angular.
 *
 * @throws Error that says what could not be installed or built
 */
export async function prepare(peer: Peer): Promise<BuiltPeer> {
  const folder = join(CACHE, peer.name);
  mkdirSync(folder, { recursive: true });
  for (const part of ['app', 'shared', 'dist']) rmSync(join(folder, part), { recursive: true, force: true });
  cpSync(join(APPS, peer.name), join(folder, 'app'), { recursive: true });
  cpSync(join(APPS, 'shared'), join(folder, 'shared'), { recursive: true });
  await install(peer, folder);
  writeFileSync(join(folder, 'angular.json'), JSON.stringify(workspace(), null, 2));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(COMPILER, null, 2));
  const ng = inProject('node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const env = { ...process.env, NG_CLI_ANALYTICS: 'false' };
  await run([process.execPath, ng, 'build', 'peer'], { cwd: folder, env });
  return { peer, folder: join(folder, 'dist', 'browser'), version: installedVersion(peer, folder) };
}

async function install(peer: Peer, folder: string): Promise<void> {
  const manifest = readFileSync(join(APPS, peer.name, 'package.json'), 'utf8');
  const isOurs = peer.package === 'ngx-latchkey';
  const isThere = !isOurs && existsSync(join(folder, 'installed.json'));
  if (isThere && readFileSync(join(folder, 'installed.json'), 'utf8') === manifest) return;
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  rmSync(join(folder, 'package-lock.json'), { force: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  const packed = isOurs ? [await packLibrary(folder)] : [];
  // Angular is the project's: what a library has as its peers must not come a second time.
  const options = ['--legacy-peer-deps', '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run(['npm', 'install', ...options, ...packed], { cwd: folder, env: process.env });
  writeFileSync(join(folder, 'installed.json'), manifest);
}

function installedVersion(peer: Peer, folder: string): string | null {
  if (peer.package === null) return null;
  const manifest = join(folder, 'node_modules', peer.package, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}

const COMPILER = {
  extends: '../../../tsconfig.json',
  // As strict as "ng new" makes it, and no stricter.
  compilerOptions: { paths: {}, types: [], lib: ['ES2022', 'DOM'], exactOptionalPropertyTypes: false },
  files: ['app/main.ts'],
};

function workspace(): object {
  const options = {
    browser: 'app/main.ts',
    index: 'shared/index.html',
    tsConfig: 'tsconfig.json',
    outputPath: 'dist',
    outputHashing: 'none',
    progress: false,
  };
  const build = { builder: '@angular/build:application', options };
  const peer = { projectType: 'application', root: '', sourceRoot: 'app', architect: { build } };
  return { version: 1, cli: { analytics: false }, projects: { peer } };
}
