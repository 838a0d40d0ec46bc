const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const RESULTS = join(__dirname, '../../dist/test-results');

/** Writes the counts that the test command adds up. */
function CountsReporter() {
  this.onRunComplete = (_browsers, { success, failed, skipped = 0 }) => {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, 'unit.json'), JSON.stringify({ passed: success, failed, skipped }));
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
