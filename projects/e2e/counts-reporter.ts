import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inProject } from './support/project-root';

/** Leaves the counts where the test command collects them. */
export default class CountsReporter implements Reporter {
  #suite: Suite | undefined;
  #outside = 0;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onError(): void {
    this.#outside += 1;
  }

  onEnd(): void {
    const name = process.env['LATCHKEY_COUNTS'];
    if (name === undefined || name === '') return;
    const outcomes = this.#suite?.allTests().map(test => test.outcome()) ?? [];
    const count = (wanted: (typeof outcomes)[number]): number =>
      outcomes.filter(outcome => outcome === wanted).length;
    const counts = {
      passed: count('expected') + count('flaky'),
      failed: count('unexpected') + this.#outside,
      skipped: count('skipped'),
    };
    write(name, counts);
    const faults = this.#suite
      ?.allTests()
      .filter(({ tags }) => tags.includes('@faults'))
      .map(test => ({ title: test.title, passed: test.outcome() === 'expected' }));
    if (faults !== undefined && faults.length > 0) write('faults-browser.json', faults);
  }
}

function write(name: string, content: unknown): void {
  const file = inProject('dist', 'test-results', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}
