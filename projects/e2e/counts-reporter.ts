import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inProject } from './support/project-root';

/** Leaves the counts, and what became of each test, where the test command collects them. */
export default class CountsReporter implements Reporter {
  #suite: Suite | undefined;
  readonly #outside: string[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onError({ message }: TestError): void {
    this.#outside.push(message ?? 'outside of any test');
  }

  onEnd(): void {
    const name = process.env['LATCHKEY_COUNTS'];
    if (name === undefined || name === '') return;
    const tests = this.#suite?.allTests() ?? [];
    const having = (wanted: ReturnType<TestCase['outcome']>): readonly TestCase[] =>
      tests.filter(test => test.outcome() === wanted);
    const failures = [...having('unexpected').map(failureOf), ...this.#outside];
    const counts = {
      passed: having('expected').length + having('flaky').length,
      failed: failures.length,
      skipped: having('skipped').length,
      failures,
    };
    write(name, counts);
    write(name.replace('.json', '.specs.json'), tests.map(specOf));
  }
}

/** In the form that Jasmine's reporter has, and why a test was not run. */
function specOf(test: TestCase): object {
  const status = { expected: 'passed', flaky: 'passed', unexpected: 'failed', skipped: 'pending' } as const;
  const annotations = [...test.annotations, ...(test.results.at(-1)?.annotations ?? [])];
  const reason = annotations.find(({ type }) => type === 'fixme')?.description;
  return { name: test.title, status: status[test.outcome()], reason };
}

function failureOf(test: TestCase): string {
  const message = test.results.at(-1)?.error?.message ?? 'no message';
  return `${test.titlePath().slice(2).join(' › ')}: ${message}`;
}

function write(name: string, content: unknown): void {
  const file = inProject('dist', 'test-results', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}
