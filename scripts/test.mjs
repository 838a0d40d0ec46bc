// The test command: every check that a change has to pass, and one line of counts at the end.
//   npm test                    all but the Angular-version matrix
//   npm run test:faults         the fault catalogue, and docs/reliability.md from what it came to
//   npm run test:backends       every back end's server or double, the heavy ones too
//   npm run test:ssr            an application that is rendered on a server
//   npm run test:matrix         the newcomer's flow on every supported combination
//   npm run test:oidc           OpenID Connect: by scripts, in a browser, and against a Keycloak
//   npm run test:keycloak       the Keycloak preset against a Keycloak, which Maven fetches
//   node scripts/test.mjs unit  one or several stages by name
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './find-chromium.mjs';
import { attempt } from './run.mjs';

const RESULTS = 'dist/test-results';

/** The id of a row of the fault catalogue. */
const FAULT = 'F[0-9][0-9]';

/** A stage either counts as one check, or leaves its counts in a file. */
const STAGES = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  { name: 'package', command: ['node', 'scripts/check-package.mjs'] },
  { name: 'api', command: ['node', 'scripts/check-api.mjs'] },
  { name: 'states', command: ['node', 'scripts/check-states.mjs'] },
  { name: 'events', command: ['node', 'scripts/check-events.mjs'] },
  { name: 'docs', command: ['node', 'scripts/check-docs.mjs'] },
  { name: 'unit', command: ['npx', 'ng', 'test', 'ngx-latchkey'], counts: 'unit.json' },
  {
    name: 'simulation',
    command: ['npm', 'run', '--silent', 'simulate', '--', '--seed', '1'],
    counts: 'simulation.json',
  },
  {
    name: 'orders',
    command: ['npm', 'run', '--silent', 'simulate:orders', '--', '--depth', '3'],
    counts: 'orders.json',
  },
  { name: 'schematics', command: jasmine('schematics/jasmine.json'), counts: 'schematics.json' },
  { name: 'server', command: jasmine('projects/auth-server/jasmine.json'), counts: 'server.json' },
  { name: 'fleet', command: jasmine('benchmarks/jasmine.json'), counts: 'fleet.json' },
  { name: 'soak', command: jasmine('projects/soak/jasmine.json'), counts: 'soak.json' },
  { name: 'back-ends', command: jasmine('projects/back-ends/jasmine.json'), counts: 'back-ends.json' },
  { name: 'back-ends-page', command: ['node', 'scripts/report-back-ends.mjs'] },
  {
    name: 'firebase',
    command: heavy('firebase/firebase-emulator'),
    counts: 'firebase.json',
    onRequest: true,
  },
  { name: 'cognito', command: heavy('cognito/cognito-local'), counts: 'cognito.json', onRequest: true },
  { name: 'adapters', command: ['node', 'scripts/check-adapters.mjs'] },
  { name: 'size', command: ['node', 'scripts/check-size.mjs'] },
  { name: 'demo', command: playwright('demo'), counts: 'e2e-demo.json' },
  { name: 'backends-browser', command: playwright('backends'), counts: 'e2e-backends.json' },
  { name: 'openid', command: playwright('openid'), counts: 'e2e-openid.json', onRequest: true },
  { name: 'newcomer', command: playwright('newcomer'), counts: 'e2e-newcomer.json' },
  {
    name: 'server-rendering',
    command: playwright('server-rendering'),
    counts: 'e2e-server-rendering.json',
    onRequest: true,
  },
  { name: 'faults', command: playwright('faults'), counts: 'e2e-faults.json', onRequest: true },
  {
    name: 'openid-faults',
    command: playwright('openid-faults'),
    counts: 'e2e-openid-faults.json',
    onRequest: true,
  },
  // Of two other stages, what belongs to the catalogue.
  {
    name: 'rendered-faults',
    command: playwright('server-rendering', '--grep', FAULT),
    counts: 'e2e-rendered-faults.json',
    onRequest: true,
  },
  {
    name: 'back-end-faults',
    command: [
      ...jasmine('projects/back-ends/jasmine.json'),
      `--filter=${FAULT}`,
      'projects/back-ends/oidc/*.spec.ts',
    ],
    counts: 'back-end-faults.json',
    onRequest: true,
  },
  { name: 'reliability', command: ['node', 'scripts/report-faults.mjs'], onRequest: true },
  { name: 'matrix', command: playwright('matrix'), counts: 'e2e-matrix.json', onRequest: true },
  { name: 'keycloak', command: heavy('keycloak/keycloak'), counts: 'keycloak.json', onRequest: true },
  { name: 'keycloak-ui', command: playwright('keycloak'), counts: 'e2e-keycloak.json', onRequest: true },
];

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !STAGES.some(stage => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no stage ${unknown.join(', ')}. Stages: ${STAGES.map(stage => stage.name).join(', ')}.`,
  );
  process.exit(1);
}
const stages = STAGES.filter(({ name, onRequest }) =>
  asked.length === 0 ? !onRequest : asked.includes(name),
);

mkdirSync(RESULTS, { recursive: true });
process.env.CHROME_BIN = await findChromium();

const outcomes = [];
for (const { name, command, counts } of stages) {
  console.log(`\n── ${name} ${'─'.repeat(72 - name.length)}\n`);
  for (const left of counts ? [counts, counts.replace('.json', '.specs.json')] : []) {
    rmSync(`${RESULTS}/${left}`, { force: true });
  }
  const started = performance.now();
  const code = await attempt(command[0], command.slice(1), { LATCHKEY_COUNTS: counts ?? '' });
  outcomes.push({ name, seconds: (performance.now() - started) / 1000, ...countsOf(counts, code) });
}

console.log('');
for (const { name, passed, failed, skipped, seconds } of outcomes) {
  const others = [failed && `${failed} failed`, skipped && `${skipped} skipped`].filter(Boolean);
  console.log(
    `${failed ? '✘' : '✔'} ${name.padEnd(16)} ${[`${passed} passed`, ...others].join(', ')} (${seconds.toFixed(0)} s)`,
  );
}
// Named once more at the end: the place above may be thousands of lines away.
for (const { name, failures } of outcomes) {
  for (const failure of failures) console.log(`✘ ${name}: ${inOneLine(failure)}`);
}
const total = key => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
const skipped = total('skipped');
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(total('failed') > 0 ? 1 : 0);

function jasmine(config) {
  return [
    'node',
    '--import',
    'tsx',
    'node_modules/jasmine/bin/jasmine.js',
    `--config=${config}`,
    '--reporter=./scripts/counts-reporter.mjs',
  ];
}

/** Against a server that is too heavy for each run; it is installed when it is not there. */
function heavy(file) {
  return [...jasmine('projects/back-ends/jasmine.json'), `projects/back-ends/heavy/${file}.heavy.ts`];
}

function playwright(project, ...options) {
  const config = 'projects/e2e/playwright.config.ts';
  return ['npx', 'playwright', 'test', '--config', config, '--project', project, ...options];
}

/** A stage that failed without counting its failures, or counted nothing at all, is one failure. */
function countsOf(file, code) {
  if (!file) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, failures: [] };
  try {
    const {
      passed,
      failed,
      skipped = 0,
      failures = [],
    } = JSON.parse(readFileSync(`${RESULTS}/${file}`, 'utf8'));
    const broken = passed + failed + skipped === 0 || (code !== 0 && failed === 0);
    return { passed, failed: broken ? failed + 1 : failed, skipped, failures };
  } catch {
    // No counts: the runner itself did not get through.
    return { passed: 0, failed: 1, skipped: 0, failures: ['the runner did not get through'] };
  }
}

function inOneLine(failure) {
  // eslint-disable-next-line no-control-regex -- terminal colours
  const plain = failure.replace(/\u001b\[[0-9;]*m/g, '').replace(/\s+/g, ' ');
  return plain.length > 400 ? `${plain.slice(0, 400)}…` : plain;
}
