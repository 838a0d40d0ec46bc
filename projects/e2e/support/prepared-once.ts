import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * A folder that takes long to prepare and is kept for later runs. It lies outside the repository, because the Angular CLI makes
 * no new application inside another one.
 *
 * @param name for people who look at the cache
 * @param recipe everything that the content depends on; another recipe is another folder
 * @param prepare fills an empty folder
 */
export async function preparedOnce(
  name: string,
  recipe: readonly string[],
  prepare: (folder: string) => Promise<void>,
): Promise<string> {
  const cache = join(tmpdir(), `latchkey-e2e-${userInfo().username}`);
  const hash = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
  const folder = join(cache, `${name}-${hash}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(join(cache, 'draft-'));
  try {
    await prepare(draft);
    // Whoever was first has prepared the same.
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
