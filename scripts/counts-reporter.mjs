// A Jasmine reporter that names what failed and leaves the counts for the test command.
import { mkdirSync, writeFileSync } from 'node:fs';

export default class CountsReporter {
  #counts = { passed: 0, failed: 0, skipped: 0 };
  #failures = [];
  #specs = [];

  specDone({ status, fullName, description, failedExpectations }) {
    if (status === 'passed') this.#counts.passed += 1;
    else if (status === 'failed') this.#counts.failed += 1;
    // What a filter leaves out belongs to another run.
    else if (status !== 'excluded') this.#counts.skipped += 1;
    this.#specs.push({ name: fullName, description, status });
    process.stdout.write(status === 'passed' ? '.' : status === 'failed' ? 'F' : '*');
    if (status !== 'failed') return;
    this.#failures.push(`${fullName}: ${failedExpectations[0]?.message ?? 'no expectation'}`);
    console.log(`\n\n${fullName}`);
    for (const { message, stack } of failedExpectations) console.log(`  ${message}\n${stack ?? ''}`);
  }

  suiteDone({ fullName, failedExpectations }) {
    for (const { message } of failedExpectations) this.#outside(`${fullName}: ${message}`);
  }

  jasmineDone({ failedExpectations }) {
    for (const { message } of failedExpectations) this.#outside(message);
    const { passed, failed, skipped } = this.#counts;
    console.log(`\n\n${passed} specs passed, ${failed} failed, ${skipped} skipped`);
    const file = process.env.LATCHKEY_COUNTS;
    if (!file) return;
    mkdirSync('dist/test-results', { recursive: true });
    writeFileSync(`dist/test-results/${file}`, JSON.stringify({ ...this.#counts, failures: this.#failures }));
    writeFileSync(`dist/test-results/${file.replace('.json', '.specs.json')}`, JSON.stringify(this.#specs));
  }

  #outside(message) {
    this.#counts.failed += 1;
    this.#failures.push(message);
    console.log(`\n\n${message}`);
  }
}
