const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const RESULTS = join(__dirname, '../../dist/test-results');

/** Writes the counts that the test command adds up, and what became of the specs that carry the id of a fault. */
function CountsReporter() {
  const faults = [];
  const failures = [];
  this.onSpecComplete = (_browser, { suite, description, success, skipped, log }) => {
    const title = [...suite, description].join(' ');
    if (!success && !skipped) failures.push(`${title}: ${log[0] ?? 'no message'}`);
    if (/\bF\d\d\b/.test(title) && !skipped) faults.push({ title, passed: success });
  };
  this.onRunComplete = (_browsers, { success, failed, skipped = 0 }) => {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, 'unit.json'), JSON.stringify({ passed: success, failed, skipped, failures }));
    writeFileSync(join(RESULTS, 'faults-unit.json'), JSON.stringify(faults));
  };
}

module.exports = config => {
  config.set({
    frameworks: ['jasmine'],
    plugins: ['karma-jasmine', 'karma-chrome-launcher', { 'reporter:counts': ['type', CountsReporter] }].map(
      plugin => (typeof plugin === 'string' ? require(plugin) : plugin),
    ),
    client: { jasmine: { random: true } },
    reporters: ['dots', 'counts'],
    browsers: ['Chromium'],
    customLaunchers: {
      Chromium: {
        base: 'ChromeHeadless',
        flags: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-first-run',
        ],
      },
    },
    hostname: '127.0.0.1',
    listenAddress: '127.0.0.1',
    restartOnFileChange: false,
  });
};
