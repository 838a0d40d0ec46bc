import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Installs a server that is no dependency of the project into a folder of its own, unless it is there already; the path of its script, or
 * `null` where it cannot be had.
 *
 * @param name of the folder below `dist/heavy`
 * @param script its script, below the folder
 */
export function installOnDemand(name: string, what: string, script: string): string | null {
  const folder = fileURLToPath(new URL(`../../../dist/heavy/${name}`, import.meta.url));
  const path = join(folder, script);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', what];
  try {
    execFileSync('npm', install, {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  } catch {
    console.log(`${what} cannot be installed here; what needs it is skipped.`);
  }
  return existsSync(path) ? path : null;
}
