import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

// Starts what there is to see: the dev auth server and the demo. Ctrl+C stops everything.
//   npm start                          with the dev auth server, which speaks OpenID Connect and Averos too
//   npm start -- --with feathers       with another back end for the demo besides, or several: --with feathers,cognito
//   npm start -- --with all            with all of them

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SERVER = join(ROOT, 'projects', 'auth-server');
const MAIN = join(SERVER, 'dist', 'main.js');
const SERVER_PORT = 3333;
const SERVER_URL = `http://localhost:${SERVER_PORT}`;
const DEMO_PORT = 4200;
const PATIENCE = 120_000;
const START_BACK_END = join(ROOT, 'projects', 'back-ends', 'start-back-end.ts');
/** The back ends that run as processes of their own, at the ports where the demo looks for them. */
const BACK_ENDS = { feathers: 3030, 'space-cloud': 4122, 'eight-base': 8088, firebase: 9099, cognito: 9229 };

/** What was started here, to be stopped again. */
const children = new Set();
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
process.on('exit', () => children.forEach(child => child.kill('SIGKILL')));

try {
  await start();
} catch (error) {
  if (!stopping) console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  await stop(1);
}

async function start() {
  const wanted = wantedBackEnds();
  const found = await whoAnswers(SERVER_URL);
  if (found === 'stranger') {
    throw new Error(
      `Port ${SERVER_PORT} is taken by another program. Stop it, then run "npm start" again: the demo expects the auth server there.`,
    );
  }
  if (found === 'averos') {
    throw new Error(
      `An auth server runs on port ${SERVER_PORT}, but with "--contract averos", and the demo speaks the jwt contract. Stop it, then run "npm start" again.`,
    );
  }
  buildServerIfNeeded();
  if (found === 'nobody') {
    console.log('Starting the auth server …');
    const data = join(ROOT, '.latchkey', 'data.json');
    run('The auth server', [MAIN, '--port', `${SERVER_PORT}`, '--data', data, '--json']);
    await until('The auth server', async () => (await whoAnswers(SERVER_URL)) === 'latchkey');
  }

  const port = await firstFreePort(DEMO_PORT);
  const demo = `http://localhost:${port}`;
  const backEnds = await Promise.all(wanted.map(name => startBackEnd(name, demo)));
  console.log('Building the demo, this takes a moment …');
  const ng = join(ROOT, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  run('The demo', [ng, 'serve', 'demo', '--port', `${port}`]);
  await until('The demo', async () => (await fetch(demo)).ok);
  console.log(await summary(demo, found === 'latchkey', backEnds));
}

/** @throws Error for a name that nobody knows */
function wantedBackEnds() {
  const { values } = parseArgs({ options: { with: { type: 'string', multiple: true, default: [] } } });
  const names = values.with.flatMap(text => text.split(',')).map(name => name.trim());
  if (names.includes('all')) return Object.keys(BACK_ENDS);
  const unknown = names.find(name => !(name in BACK_ENDS));
  if (unknown === undefined) return [...new Set(names)];
  throw new Error(
    `There is no back end "${unknown}" to start. There are: ${Object.keys(BACK_ENDS).join(', ')}, and all.`,
  );
}

/** Starts a back end where the demo looks for it, or at the next port that is free. */
async function startBackEnd(name, demo) {
  const port = await firstFreePort(BACK_ENDS[name]);
  console.log(`Starting ${name} …`);
  const options = ['--port', `${port}`, '--application', demo];
  const said = run(name, ['--import', 'tsx', START_BACK_END, name, ...options]);
  await until(name, async () => said.some(line => line.startsWith('{')));
  return JSON.parse(said.find(line => line.startsWith('{')));
}

/** Who is behind a URL: the dev auth server, one with another contract, something else, or nobody. */
async function whoAnswers(url) {
  try {
    const response = await fetch(`${url}/.well-known/latchkey`, { signal: AbortSignal.timeout(2_000) });
    const { server, provider } = await response.json();
    if (server !== 'latchkey-auth-server') return 'stranger';
    return provider === 'averos' ? 'averos' : 'latchkey';
  } catch (error) {
    // fetch tells a refused connection by its cause; whatever else went wrong, somebody was there.
    return hasCode(error, 'ECONNREFUSED') ? 'nobody' : 'stranger';
  }
}

function hasCode(error, code) {
  const cause = error?.cause;
  return cause?.code === code || (cause?.errors ?? []).some(one => one.code === code);
}

function buildServerIfNeeded() {
  const sources = [join(SERVER, 'src'), join(SERVER, 'package.json'), join(SERVER, 'tsconfig.build.json')];
  if (Math.max(...sources.map(newest)) <= newest(MAIN)) return;
  console.log('Building the auth server …');
  const build = [join(ROOT, 'scripts', 'build.mjs'), 'server'];
  const { status, stdout, stderr } = spawnSync(process.execPath, build, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The auth server does not build:\n${stdout}${stderr}`);
}

/** When a file, or the newest file of a folder, was written; 0 if it does not exist. */
function newest(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map(name => newest(join(path, name))));
}

/** Runs a Node script, and answers the lines that it prints, as they come. */
function run(name, args) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NG_CLI_ANALYTICS: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', line => {
      printed.push(line);
      if (/error/i.test(line)) console.error(line);
    });
  }
  child.on('exit', code => {
    children.delete(child);
    if (stopping) return;
    console.error(
      `\n${name} ended unexpectedly (${code ?? 'by a signal'}). Its last words:\n${printed.slice(-25).join('\n')}`,
    );
    void stop(1);
  });
  return printed;
}

async function until(name, isReady) {
  const end = Date.now() + PATIENCE;
  while (!stopping && Date.now() < end) {
    if (await isReady().catch(() => false)) return;
    await sleep(250);
  }
  throw new Error(`${name} was not ready within ${PATIENCE / 1000} seconds.`);
}

async function firstFreePort(from) {
  for (let port = from; port < from + 100; port++) if (await isFree(port)) return port;
  throw new Error(`No port from ${from} to ${from + 99} is free.`);
}

/** Whether nobody listens, neither on IPv4 nor on IPv6: a browser may take either for localhost. */
async function isFree(port) {
  const answers = await Promise.all(['127.0.0.1', '::1'].map(host => canListen(port, host)));
  return answers.every(Boolean);
}

function canListen(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    // A machine without IPv6 has nobody listening there.
    server.once('error', error => resolve(error.code !== 'EADDRINUSE'));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

async function summary(demo, wasRunning, backEnds) {
  const { SEED_USERS } = await import(pathToFileURL(join(SERVER, 'dist', 'settings.js')).href);
  const { version } = JSON.parse(readFileSync(join(SERVER, 'package.json'), 'utf8'));
  const widest = Math.max(...SEED_USERS.map(({ username }) => username.length));
  return [
    '',
    `  Demo         ${demo}`,
    `  Auth server  ${SERVER_URL}  (version ${version}${wasRunning ? ', was running already' : ''})`,
    '',
    '  Log in as',
    ...SEED_USERS.map(
      ({ username, password, roles }) => `    ${username.padEnd(widest)}  ${password}  (${roles.join(', ')})`,
    ),
    ...backEnds.flatMap(backEnd => linesOf(backEnd, demo)),
    '',
    wasRunning
      ? '  Ctrl+C stops everything but the auth server, which was running before.'
      : '  Ctrl+C stops everything.',
    '',
  ].join('\n');
}

function linesOf({ name, url, users }, demo) {
  const widest = Math.max(...users.map(({ username }) => username.length));
  const login = new URL('/login', demo);
  login.searchParams.set('back-end', name);
  login.searchParams.set('url', url);
  return [
    '',
    `  ${name.padEnd(11)}  ${url}`,
    `    ${login}`,
    ...users.map(
      ({ username, password, note }) =>
        `    ${username.padEnd(widest)}  ${password}${note === undefined ? '' : `  (${note})`}`,
    ),
  ];
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  const ended = [...children].map(child => new Promise(resolve => child.once('exit', resolve)));
  for (const child of children) child.kill('SIGTERM');
  await Promise.race([Promise.all(ended), sleep(4_000)]);
  process.exit(code);
}
