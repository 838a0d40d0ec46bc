import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { configReader } from './config-schema.js';
import { StartError } from './errors.js';
import { describeProblems, parseJsonTree, type Problem } from './json-problems.js';
import type { Settings } from './settings.js';

/**
 * Reads a config file: JSON, comments allowed. A relative path of the data file counts from the config file's folder.
 *
 * @throws StartError naming file, line and column of everything that is wrong
 */
export function readConfig(file: string): Partial<Settings> {
  const config = parseConfig(file, readText(file));
  const { data } = config;
  if (data === undefined || data === '' || data === 'memory') return config;
  return { ...config, data: resolve(dirname(file), data) };
}

export function parseConfig(file: string, text: string): Partial<Settings> {
  const { tree, problems } = parseJsonTree(text);
  const found: Problem[] = [...problems];
  const config =
    tree !== undefined && found.length === 0 ? configReader(tree, problem => found.push(problem)) : undefined;
  if (config === undefined || found.length > 0) throw new StartError(describeProblems(file, text, found));
  return config;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'There is no such file' : 'The file cannot be read';
    throw new StartError(`${file}: ${why}; --config takes the path of a JSON file.`, { cause: error });
  }
}
