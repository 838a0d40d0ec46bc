import { format, resolveConfig } from 'prettier';
import type { RunTable } from './run-tables';

/** The tables for a terminal: columns under each other, names to the left and numbers to the right. */
export function asText(tables: readonly RunTable[]): string {
  return tables.map(({ table, lines }) => `${table.title}\n\n${aligned(lines)}\n`).join('\n');
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map(line => line[column]?.length ?? 0)),
  );
  const cell = (text: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column === 0 ? text.padEnd(width) : text.padStart(width);
  };
  return lines.map(line => `  ${line.map(cell).join('  ')}`).join('\n');
}

/** The page of the documentation, as Prettier writes it. */
export async function asPage(
  tables: readonly RunTable[],
  clients: number,
  seed: number,
  file: string,
): Promise<string> {
  const sections = tables.map(({ table, lines: [headings = [], ...rows] }) => {
    const rule = headings.map((_, column) => (column === 0 ? '---' : '---:'));
    return `## ${table.title}\n\n${[headings, rule, ...rows].map(markdownRow).join('\n')}\n\n${table.reading}\n`;
  });
  const page = `${introduction(clients, seed)}\n${sections.join('\n')}`;
  return format(page, { ...(await resolveConfig(file)), filepath: file });
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function introduction(clients: number, seed: number): string {
  return `# A million clients and one server

Made by \`npm run fleet -- --write\`: ${clients.toLocaleString('en')} simulated clients, seed ${seed}. The rows called ngx-latchkey run the
functions of \`core/session\` that decide in the library when to renew and when to try again; the others renew when the library does and differ
in what they do after a failure. Tokens live an hour, the server renews ${Math.ceil(clients * 0.003).toLocaleString('en')} in a second and
refuses the rest with a 503. A and B end 45 minutes after the outage, C after an hour.

**peak/s** is the most calls in any second, and then without the first minute. **each** is failed calls for each client there is. **99 % within** and **recovered** are
about clients that failed at least once: how long after the end of the outage, or after the first failure if that was later, 99 of a hundred had a new token, and
how many had one in the end. A dash means never.
`;
}
