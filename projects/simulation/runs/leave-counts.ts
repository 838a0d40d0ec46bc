import { mkdirSync, writeFileSync } from 'node:fs';

/** For the test command: each world counts, and what failed. */
export function leaveCounts(passed: number, failures: readonly string[]): void {
  const file = process.env['LATCHKEY_COUNTS'];
  if (file === undefined || file === '') return;
  mkdirSync('dist/test-results', { recursive: true });
  const counts = { passed, failed: failures.length, skipped: 0, failures };
  writeFileSync(`dist/test-results/${file}`, JSON.stringify(counts));
}
