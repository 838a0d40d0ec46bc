// Holds the table of transitions, and the page that is drawn from it, against what the reducer really does.
//   npm run states             compares, and ends with an error where they differ
//   npm run states -- --write  draws the page anew
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { draw } from './session-states/draw.mjs';
import { explore } from './session-states/explore.mjs';

const PAGE = 'docs/session-states.md';
const BUNDLE = 'dist/session-states/reducer.mjs';
const ROOM = './projects/ngx-latchkey/core/session';

await build({
  stdin: {
    contents: ['reduce', 'session-state', 'transitions']
      .map(file => `export * from '${ROOM}/${file}';`)
      .join('\n'),
    resolveDir: process.cwd(),
  },
  bundle: true,
  format: 'esm',
  outfile: BUNDLE,
  logLevel: 'error',
});
const session = await import(pathToFileURL(BUNDLE).href);
const { TRANSITIONS } = session;

const complaints = [];
const changes = explore(session);
for (const { from, input, to } of changes) {
  const rows = TRANSITIONS.filter(row => covers(row, from, input, to)).map(row => row.id);
  if (rows.length !== 1) {
    complaints.push(`${from} --${input}--> ${to} is in ${rows.length === 0 ? 'no row' : `rows ${rows}`}.`);
  }
}
for (const row of TRANSITIONS) {
  const real = changes.filter(({ from, input, to }) => covers(row, from, input, to));
  const idle = [
    ...row.from.filter(phase => !real.some(({ from }) => from === phase)),
    ...row.to.filter(phase => !real.some(({ to }) => to === phase)),
  ];
  if (idle.length > 0) complaints.push(`${row.id} names ${idle}, which the reducer never does.`);
}

const page = await format(draw(TRANSITIONS), { ...(await resolveConfig(PAGE)), filepath: PAGE });
if (process.argv.includes('--write')) writeFileSync(PAGE, page);
else if (readFileSync(PAGE, 'utf8') !== page) complaints.push(`${PAGE} is old: npm run states -- --write`);

for (const complaint of complaints) console.error(complaint);
console.log(`${changes.length} changes of phase in ${TRANSITIONS.length} transitions.`);
process.exit(complaints.length > 0 ? 1 : 0);

function covers(row, from, input, to) {
  return row.input === input && row.from.includes(from) && row.to.includes(to);
}
