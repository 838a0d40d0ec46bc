// Holds the table of docs/events.md against SessionEvent: every type with its fields, in the same order.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const SOURCE = 'projects/ngx-latchkey/core/session/session-event.ts';
const PAGE = 'docs/events.md';

const told = [];
collect(ts.createSourceFile(SOURCE, readFileSync(SOURCE, 'utf8'), ts.ScriptTarget.Latest));

const rows = readFileSync(PAGE, 'utf8').matchAll(/^\| `([\w-]+)` +\|([^|]*)\|/gm);
const documented = Array.from(rows, ([, type, fields]) => line(type, fields.match(/\w+/g) ?? []));

const complaints = [
  ...told.filter(event => !documented.includes(event)).map(event => `${PAGE} does not know ${event}.`),
  ...documented.filter(event => !told.includes(event)).map(event => `${SOURCE} does not know ${event}.`),
];
if (complaints.length === 0 && told.join() !== documented.join()) complaints.push('The order differs.');
if (told.length === 0) complaints.push(`No event was found in ${SOURCE}.`);
for (const complaint of complaints) console.error(complaint);
console.log(`${told.length} events.`);
process.exit(complaints.length > 0 ? 1 : 0);

/** Each object type with a literal `type` is an event. */
function collect(node) {
  const names = ts.isTypeLiteralNode(node) ? node.members.map(({ name }) => name.text) : [];
  const kind = ts.isTypeLiteralNode(node) ? node.members[names.indexOf('type')]?.type : undefined;
  if (kind && ts.isLiteralTypeNode(kind)) told.push(line(kind.literal.text, names));
  ts.forEachChild(node, collect);
}

function line(type, fields) {
  return [type, ...fields.filter(name => name !== 'type')].join(' ');
}
