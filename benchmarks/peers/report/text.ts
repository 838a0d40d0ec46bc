import type { Results } from '../results';
import type { Scenario } from '../scenarios/scenario';
import { type ReportTable, costTable, scenarioTable, sizeTable } from './tables';

/** For a terminal. */
export function asText(results: Results, scenarios: readonly Scenario[]): string {
  const measured = results.bare === null ? [] : [sizeTable(results), costTable(results)];
  const tables = [...scenarios.map(scenario => scenarioTable(results, scenario)), ...measured];
  const skipped = results.skipped.map(({ peer, why }) => `  ${peer.title}: ${why}`);
  const crashed = tables.flatMap(({ messages }) => messages).length;
  const verdict = `${results.peers.length} tried, ${skipped.length} skipped, ${crashed} crashed`;
  return [...tables.map(block), ...skipped, verdict].join('\n');
}

function block({ title, lines, messages }: ReportTable): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map(line => line[column]?.length ?? 0)),
  );
  const rows = lines.map(
    line => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`,
  );
  const said = messages.map(message => `  ✘ ${message}`);
  return [title, '', ...rows, ...said, ''].join('\n');
}
