// docs/back-ends.md, from what the specs of the back ends came to.
//   node scripts/report-back-ends.mjs          checks that the page says what the last run of the stage "back-ends" came to
//   node scripts/report-back-ends.mjs --write  writes it
// A cell that no spec fills, and that does not say why, is a mistake.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { BACK_ENDS, CAPABILITIES } from '../projects/back-ends/capabilities.mjs';

const PAGE = 'docs/back-ends.md';
const RESULTS = 'dist/test-results/back-ends.specs.json';

/** Specs of the promises, which every adapter has: they are told of above the table, and fill no cell of it. */
const PROMISES = /promises/;

const specs = JSON.parse(readFileSync(RESULTS, 'utf8'));
const problems = [];

const rows = BACK_ENDS.map(({ name, guide, begins, against, instead, heavy, documented }) => {
  const mine = specs.filter(spec => begins.some(text => spec.name.startsWith(text)));
  if (mine.length === 0) problems.push(`${name}: no spec begins with ${begins.join(' or ')}`);
  const cells = CAPABILITIES.map(({ title, matches, groups }) => {
    if (instead?.[title] !== undefined) return instead[title];
    const found = mine.filter(({ name, description }) => {
      // What a spec tries is in its own words; the group is about all that is in it.
      const group = name.slice(0, -description.length);
      return !PROMISES.test(group) && (matches.test(description) || groups?.test(group));
    });
    if (found.length === 0) problems.push(`${name}: nothing tries "${title}", and no word says why`);
    return found.every(({ status }) => status === 'passed') ? `✓ ${found.length}` : '✘';
  });
  return { name, guide, cells, total: mine.length, against, heavy, documented };
});

const line = cells => `| ${cells.join(' | ')} |`;
const page = await format(
  [
    '# Back ends',
    '',
    'What has been tried for each back end, made from the results of the specs in `projects/back-ends` (`npm run test:backends`): the number of specs that passed. Every adapter',
    'besides keeps [the promises](writing-a-provider.md) that the engine relies on, among them more than twenty answers of proxies, portals and servers in trouble that must not end a session.',
    '',
    line(['back end', ...CAPABILITIES.map(({ title }) => title), 'specs in all']),
    line(['---', ...CAPABILITIES.map(() => '---'), '---']),
    ...rows.map(({ name, guide, cells, total }) => line([`[${name}](${guide})`, ...cells, total])),
    '',
    '## Against what, and what is only documented',
    '',
    line(['back end', 'tried against', 'tried on request', 'only documented, or not there']),
    line(['---', '---', '---', '---']),
    ...rows.map(({ name, against, heavy, documented }) => line([name, against, heavy ?? '', documented])),
    '',
    'Nothing was tried against the hosted services of Auth0, Google, Amazon, 8base and Clerk themselves.',
    '',
  ].join('\n'),
  { ...(await resolveConfig(PAGE)), filepath: PAGE },
);

if (process.argv.includes('--write')) writeFileSync(PAGE, page);
else if (readFileSync(PAGE, 'utf8') !== page) {
  problems.push(`${PAGE} does not say what the specs came to: node scripts/report-back-ends.mjs --write`);
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${PAGE}: ${rows.length} back ends, ${specs.length} specs.`);
