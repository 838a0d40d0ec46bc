import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Keycloak with two realms that differ in one thing: `strict` takes a refresh token once, `demo` as often as it comes. */
export interface RunningKeycloak {
  readonly address: string;
  readonly administrator: { readonly username: string; readonly password: string };
  close(): Promise<void>;
}

/** Milliseconds that it may take to start, and to stop. */
const START = 300_000;
const STOP = 15_000;

const REALM = new URL('./realm.json', import.meta.url);
const administrator = { username: 'admin', password: 'latchkey-admin' };

/** Starts Keycloak in development mode on a free port of loopback, with its data in memory; it takes about a minute, and several where much else runs. */
export async function startKeycloak(home: string): Promise<RunningKeycloak> {
  const folder = mkdtempSync(join(tmpdir(), 'keycloak-'));
  // It builds itself anew at the start and writes beside its files, so that it gets a copy.
  cpSync(home, folder, { recursive: true, filter: source => source !== join(home, 'data') });
  writeRealms(join(folder, 'data/import'));
  const port = await freePort();
  const what = ['start-dev', '--import-realm', '--db=dev-mem', '--cache=local'];
  const keycloak = spawn(
    join(folder, 'bin/kc.sh'),
    [...what, '--http-host=127.0.0.1', `--http-port=${port}`],
    {
      cwd: folder,
      // A group of its own, so that the script and the Java process that it starts can be stopped together.
      detached: true,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        JAVA_HOME: process.env['JAVA_HOME'],
        JAVA_OPTS_APPEND: '-Xmx512m -XX:TieredStopAtLevel=1',
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const stopNow = (): void => signal(keycloak, 'SIGKILL');
  // What ends this process does not reach another group by itself.
  const interrupted = (): void => {
    stopNow();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(1);
  };
  process.once('exit', stopNow).once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const ended = new Promise<void>(resolve => keycloak.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    signal(keycloak, 'SIGTERM');
    const patience = setTimeout(stopNow, STOP);
    await ended;
    clearTimeout(patience);
    stopNow();
    process.off('exit', stopNow).off('SIGINT', interrupted).off('SIGTERM', interrupted);
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await ready(keycloak, `${address}/realms/strict/.well-known/openid-configuration`);
  } catch (error) {
    await close();
    throw error;
  }
  return { address, administrator, close };
}

/** The realms are brought in in the order of their files' names. */
function writeRealms(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const demo = JSON.parse(readFileSync(REALM, 'utf8')) as object;
  const strict = { ...demo, realm: 'strict', revokeRefreshToken: true, refreshTokenMaxReuse: 0 };
  writeFileSync(join(folder, 'demo.json'), JSON.stringify(demo));
  writeFileSync(join(folder, 'strict.json'), JSON.stringify(strict));
}

/** It can be asked as soon as the last of its realms answers. */
async function ready(keycloak: ChildProcess, url: string): Promise<void> {
  let log = '';
  for (const output of [keycloak.stdout, keycloak.stderr]) {
    output?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-20_000);
    });
  }
  const end = Date.now() + START;
  while (Date.now() < end && keycloak.exitCode === null && keycloak.signalCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(`Keycloak did not start:\n${log}`);
}

/** Tells all processes of the group; there may be none any more. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // They have ended already.
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
