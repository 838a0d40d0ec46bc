import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-auth-server-'));
  folders.push(folder);
  return folder;
}

export async function removeScratchFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map(folder => rm(folder, { recursive: true, force: true })));
}
