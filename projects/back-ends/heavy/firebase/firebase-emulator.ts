import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningFirebase } from '../../firebase/running-firebase';
import { installOnDemand } from '../install-on-demand';

const VERSION = '15.34.2';
const SCRIPT = 'node_modules/firebase-tools/lib/bin/firebase.js';
// A project of this name needs no account at Google.
const PROJECT = 'demo-test';

/** The emulator's script, installed if need be; `null` where it cannot be had. */
export function firebaseEmulator(): string | null {
  return installOnDemand('firebase', `firebase-tools@${VERSION}`, SCRIPT);
}

/** Starts the Auth emulator on free ports of loopback; it takes about ten seconds. */
export async function startFirebaseEmulator(script: string): Promise<RunningFirebase> {
  const folder = mkdtempSync(join(tmpdir(), 'firebase-emulator-'));
  const [auth, hub, logging] = await Promise.all([freePort(), freePort(), freePort()]);
  const at = (port: number): object => ({ host: '127.0.0.1', port });
  const emulators = { auth: at(auth), hub: at(hub), logging: at(logging), ui: { enabled: false } };
  writeFileSync(join(folder, 'firebase.json'), JSON.stringify({ emulators }));
  const what = [script, 'emulators:start', '--only', 'auth', '--project', PROJECT];
  const child = spawn(process.execPath, what, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, XDG_CONFIG_HOME: folder, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  await ready(child);
  return {
    address: `http://127.0.0.1:${String(auth)}`,
    projectId: PROJECT,
    async close() {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** It says in its log when it can be asked. */
function ready({ stdout, stderr }: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      if (log.includes('All emulators ready')) resolve();
    };
    stdout?.on('data', read);
    stderr?.on('data', read);
    stdout?.once('end', () => {
      reject(new Error(`The Firebase emulator did not start: ${log}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
