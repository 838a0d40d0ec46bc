// A fleet of clients against one server, by the library's own scheduling and by others'.
//   npm run fleet                               prints the tables for a million clients
//   npm run fleet -- --clients 100000 --seed 7  for fewer, and other draws
//   npm run fleet -- --write                    writes docs/fleet.md as well
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { asPage, asText } from './page';
import { runTables } from './run-tables';

const PAGE = 'docs/fleet.md';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const clients = wholeNumber('clients', values.clients, 1);
const seed = wholeNumber('seed', values.seed, 0);

const started = performance.now();
const seconds = (): string => ((performance.now() - started) / 1_000).toFixed(0);
const tables = runTables(clients, seed, name => console.error(`${seconds().padStart(4)} s  ${name}`));
console.log(`\n${clients.toLocaleString('en')} clients, seed ${seed}\n\n${asText(tables)}`);
if (values.write) {
  writeFileSync(PAGE, await asPage(tables, clients, seed, PAGE));
  console.log(`${PAGE} is written.`);
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  console.error(`--${name} takes a whole number from ${least} up, not ${text}.`);
  process.exit(2);
}
