import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartError } from './errors.js';
import { describeProblems, parseJsonTree, type Problem } from './json-problems.js';
import { stateReader } from './state-schema.js';
import type { State } from './state.js';
import type { Keeping } from './store.js';

/** The state in one JSON file that a person can read, and edit while the server is stopped. */
export interface DataFile extends Keeping {
  /**
   * The kept state, or undefined when there is no file yet.
   *
   * @throws StartError naming file and line when the file is not whole; it is left as it is
   */
  read(): Promise<State | undefined>;
}

export function openDataFile(path: string): DataFile {
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw new StartError(
          `${path}: the data file cannot be read (${codeOf(error)}). Name another one with --data.`,
        );
      });
      return text === undefined ? undefined : parseState(path, text);
    },

    // A reader sees the old file or the new one, never half of it: written beside it, flushed, then renamed over it.
    async write(state) {
      await prepareFolder(dirname(path));
      const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
      try {
        const file = await open(temporary, 'wx', 0o600);
        try {
          await file.writeFile(stringifyState(state));
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

export function parseState(path: string, text: string): State {
  const { tree, problems } = parseJsonTree(text);
  const found: Problem[] = [...problems];
  const state =
    tree !== undefined && found.length === 0 ? stateReader(tree, problem => found.push(problem)) : undefined;
  if (state !== undefined && found.length === 0) return state;
  const advice =
    'The data file was left as it is. Repair it, or move it away to start with the seeded users again.';
  throw new StartError(`${describeProblems(path, text, found)}\n${advice}`);
}

/** Times become ISO 8601, which people read better than milliseconds. */
export function stringifyState(state: State): string {
  const about = 'Data of latchkey-auth-server, for development only. Edit it while the server is stopped.';
  const withDates = (key: string, value: unknown): unknown =>
    typeof value === 'number' && (key === 'at' || key.endsWith('At')) ? new Date(value).toISOString() : value;
  return `${JSON.stringify({ about, version: 1, ...state }, withDates, 2)}\n`;
}

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (basename(folder) !== '.latchkey') return;
  // The folder of the default path holds secrets and must not end up in anybody's repository.
  await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
