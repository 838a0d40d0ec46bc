import { spawn } from 'node:child_process';

const ROOT = new URL('..', import.meta.url);
const WINDOWS = process.platform === 'win32';

/** Runs a command in the project's root and resolves with its exit code. */
export function attempt(command, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NG_CLI_ANALYTICS: 'false', ...environment },
      shell: WINDOWS,
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : code));
  });
}

/** The same, for a command without which it makes no sense to go on. */
export async function run(command, args, environment) {
  const code = await attempt(command, args, environment);
  if (code !== 0) {
    console.error(`\n${[command, ...args].join(' ')} failed with exit code ${code}.`);
    process.exit(1);
  }
}
