// Draws docs/reliability.md from what the tests of the fault catalogue came to. Ends with an error when a row is neither tested nor said
// to be untested, or when something is said to be untested that is tested.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const PAGE = 'docs/reliability.md';
const RESULTS = 'dist/test-results';
const LEVELS = { U: 'engine', B: 'browser', S: 'server' };

const read = file => JSON.parse(readFileSync(file, 'utf8'));
const catalogue = read('projects/e2e/faults/catalogue.json');
const notTested = read('projects/e2e/faults/not-tested.json');
const results = [
  ...read(`${RESULTS}/faults-unit.json`).map(result => ({ ...result, levels: ['U'] })),
  ...read(`${RESULTS}/faults-browser.json`).map(result => ({
    ...result,
    levels: /^[^:]*:/.exec(result.title)?.[0].match(/\b[BS]\b/g) ?? [],
  })),
];

const complaints = [];
const rows = catalogue.map(({ id, star, title, levels }) => {
  const cells = Object.keys(LEVELS).map(level => cell(id, level, levels.includes(level)));
  const reasons = [...levels].flatMap(level => notTested[`${id} ${level}`] ?? []);
  return `| ${id}${star ? ' ★' : ''} | ${title} | ${cells.join(' | ')} | ${[...new Set(reasons)].join('; ')} |`;
});

function cell(id, level, wanted) {
  const mine = results.filter(
    result => result.levels.includes(level) && new RegExp(`\\b${id}\\b`).test(result.title),
  );
  const failed = mine.filter(result => !result.passed).length;
  const excuse = notTested[`${id} ${level}`];
  if (failed > 0) complaints.push(`${id} ${level}: ${failed} of ${mine.length} failed.`);
  if (mine.length > 0 && excuse) complaints.push(`${id} ${level} is tested and said not to be.`);
  if (mine.length > 0) return failed > 0 ? `✘ ${failed} of ${mine.length}` : `✔ ${mine.length}`;
  if (!wanted) return '';
  if (!excuse) complaints.push(`${id} ${level} is neither tested nor in not-tested.json.`);
  return '–';
}

const page = `# What the session survives

Made by \`npm run test:faults\` from what its tests came to. A row is a fault; ★ marks those that most libraries fail. The columns say how many tests
of it passed: at the **engine**, with clocks, locks and storages that the test controls; in the **browser**, in several real Chromium tabs with
processes of their own; against the real dev auth **server**, in its overlap and strict modes. A dash is a test that is wanted and not there, and the
last column says why.

| id | fault | ${Object.values(LEVELS).join(' | ')} | not tested, because |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Rows of the catalogue that belong to OpenID Connect, cookie sessions, server rendering and Angular's service worker are not in this table.
`;
writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));

for (const complaint of complaints) console.error(complaint);
console.log(`${PAGE}: ${catalogue.length} faults, ${results.length} tests, ${complaints.length} complaints.`);
process.exit(complaints.length > 0 ? 1 : 0);
