// Holds the pages against what there is: their TypeScript, and that of the library's own comments, against the built library; their links, the
// commands and files they name. Tables have even rows.
import { unknownCommands } from './docs/commands.mjs';
import { examples } from './docs/examples.mjs';
import { brokenLinks } from './docs/links.mjs';
import { blocks, pages } from './docs/pages.mjs';
import { unevenTables } from './docs/tables.mjs';
import { wrongSamples } from './docs/type-check.mjs';

const all = pages();
const samples = [...all.flatMap(page => blocks(page, 'ts')), ...examples()];
const problems = [
  ...brokenLinks(all),
  ...unknownCommands(all),
  ...unevenTables(all),
  ...wrongSamples(samples),
];
for (const problem of problems) console.error(`✘ ${problem}`);
if (problems.length > 0) process.exit(1);
console.log(`${all.length} pages, ${samples.length} samples: their links, commands and code are right.`);
