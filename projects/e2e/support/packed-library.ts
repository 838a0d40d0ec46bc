import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command';
import { newcomerEnvironment } from './newcomer-environment';
import { inProject } from './project-root';

/**
 * The tarball that would be published, packed from the built library.
 *
 * @returns its path in the given folder
 */
export async function packLibrary(folder: string): Promise<string> {
  const built = inProject('dist', 'ngx-latchkey');
  if (!existsSync(join(built, 'schematics', 'collection.json'))) {
    throw new Error('dist/ngx-latchkey with its schematics is not there. Run "npm run build" first.');
  }
  const printed = await run(['npm', 'pack', built, '--pack-destination', folder, '--silent'], {
    cwd: folder,
    env: newcomerEnvironment([]),
  });
  const name = printed.trim().split('\n').at(-1) ?? '';
  return join(folder, name);
}
