// Draws docs/reliability.md from what the tests of the fault catalogue came to. Ends with an error when a row is neither tested nor said
// to be untested, or when something is said to be untested that is tested.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const PAGE = 'docs/reliability.md';
const RESULTS = 'dist/test-results';
const LEVELS = { U: 'engine', B: 'browser', S: 'server', O: 'OpenID Connect' };

/** The stages that try rows of the catalogue, and the levels of each of their tests. */
const STAGES = {
  'e2e-faults': inTitle,
  'e2e-rendered-faults': inTitle,
  'e2e-openid-faults': () => ['O'],
  'back-end-faults': () => ['S'],
};

const read = file => JSON.parse(readFileSync(file, 'utf8'));
const catalogue = read('projects/e2e/faults/catalogue.json');
const notTested = read('projects/e2e/faults/not-tested.json');
const results = [
  ...read(`${RESULTS}/faults-unit.json`).map(result => ({ ...result, levels: ['U'] })),
  ...Object.entries(STAGES).flatMap(([stage, levelsOf]) =>
    read(`${RESULTS}/${stage}.specs.json`)
      // A test that was left out without a word is not this run's.
      .filter(({ status, reason }) => status === 'passed' || status === 'failed' || reason)
      .map(({ name, status, reason }) => ({
        title: name,
        passed: status === 'passed',
        reason,
        levels: levelsOf(name),
      })),
  ),
];

function inTitle(title) {
  return /^[^:]*:/.exec(title)?.[0].match(/\b[BS]\b/g) ?? [];
}

const complaints = [];
const rows = catalogue.map(({ id, star, title, levels }) => {
  const letters = Object.keys(LEVELS);
  const cells = letters.map(level => cell(id, level, levels.includes(level)));
  const reasons = letters.flatMap(level => [
    ...resultsOf(id, level).flatMap(({ reason }) => reason ?? []),
    ...[notTested[`${id} ${level}`]].filter(reason => reason && levels.includes(level)),
  ]);
  return `| ${id}${star ? ' ★' : ''} | ${title} | ${cells.join(' | ')} | ${[...new Set(reasons)].join('; ')} |`;
});

function resultsOf(id, level) {
  return results.filter(
    result => result.levels.includes(level) && new RegExp(`\\b${id}\\b`).test(result.title),
  );
}

function cell(id, level, wanted) {
  const mine = resultsOf(id, level);
  const passed = mine.filter(result => result.passed).length;
  // A known fault has a test that says why it is not run; whatever else did not pass failed.
  const known = mine.filter(result => result.reason).length;
  const failed = mine.length - passed - known;
  const excuse = notTested[`${id} ${level}`];
  if (failed > 0) complaints.push(`${id} ${level}: ${failed} of ${mine.length} failed.`);
  if (mine.length > 0 && excuse) complaints.push(`${id} ${level} is tested and said not to be.`);
  if (failed > 0) return `✘ ${failed} of ${mine.length}`;
  if (mine.length > 0) return [passed && `✔ ${passed}`, known && `✘ ${known}`].filter(Boolean).join(' ');
  if (!wanted) return '';
  if (!excuse) complaints.push(`${id} ${level} is neither tested nor in not-tested.json.`);
  return '–';
}

const page = `# What the session survives

Made by \`npm run test:faults\` from what its tests came to. A row is a fault; ★ marks those that most libraries fail. The columns say how many tests
of it passed: at the **engine**, with clocks, locks and storages that the test controls; in the **browser**, in several real Chromium tabs with
processes of their own; against the real dev auth **server**, in its overlap and strict modes, and against what else serves an application: a scripted
issuer that is hostile, a server that renders its pages; and with **OpenID Connect**: in real Chromium tabs again, signed in by redirect to \`oidc-provider\`,
with all of its faults. A dash is a test that is wanted and not there, a cross a fault that is known and not mended yet, and the last column says why.

| id | fault | ${Object.values(LEVELS).join(' | ')} | not tested or not passed, because |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Rows of the catalogue that belong to Angular's service worker and to the soak are not in this table.
`;
writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));

for (const complaint of complaints) console.error(complaint);
console.log(`${PAGE}: ${catalogue.length} faults, ${results.length} tests, ${complaints.length} complaints.`);
process.exit(complaints.length > 0 ? 1 : 0);
