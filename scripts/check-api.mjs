// Holds what the built library exports against goldens/public-api, so that each change of it is seen in review; and its declarations against what
// a reader needs of them.
//   node scripts/check-api.mjs            tells what has changed
//   node scripts/check-api.mjs --accept   writes the pages anew
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { complaints } from './api/complaints.mjs';
import { entryPoints } from './api/entry-points.mjs';
import { pageOf } from './api/surface.mjs';

const FOLDER = 'goldens/public-api';
const all = entryPoints();
const pages = new Map();
for (const entry of all) {
  const path = `${FOLDER}/${entry.name.replace('/', '-')}.md`;
  pages.set(path, await format(pageOf(entry), { ...(await resolveConfig(path)), filepath: path }));
}

mkdirSync(FOLDER, { recursive: true });
const there = readdirSync(FOLDER).map(name => `${FOLDER}/${name}`);
if (process.argv.includes('--accept')) {
  for (const path of there) rmSync(path);
  for (const [path, page] of pages) writeFileSync(path, page);
}
const problems = all.flatMap(complaints);
for (const path of new Set([...there, ...pages.keys()])) {
  const changed = firstChange(read(path), pages.get(path) ?? '');
  if (changed) problems.push(`${path}: ${changed}; if it is meant, node scripts/check-api.mjs --accept`);
}

for (const problem of problems) console.error(`✘ ${problem}`);
if (problems.length > 0) process.exit(1);
console.log(`${all.length} entry points export what their pages say, all of it with comments.`);

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function firstChange(golden, now) {
  if (golden === now) return null;
  const [before, after] = [golden.split('\n'), now.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  const line = at < 0 ? after.length : at;
  return `line ${line + 1} was "${(before[line] ?? '').trim()}" and is "${(after[line] ?? '').trim()}"`;
}
