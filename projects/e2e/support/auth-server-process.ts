import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inProject } from './project-root';

/** The dev auth server as its users start it: a process of its own. */
export interface AuthServerProcess {
  /** Its address by the name that a person types, such as `http://localhost:40123`. */
  readonly url: string;
  stop(): Promise<void>;
  /** Starts it again at the same address, with nothing remembered. */
  start(): Promise<void>;
}

/** @param options further command line options, such as `--access-token-lifetime 6` */
export async function startAuthServer(...options: string[]): Promise<AuthServerProcess> {
  const first = await launch(0, options);
  const port = Number(new URL(first.url).port);
  let stop = first.stop;
  return {
    url: `http://localhost:${port}`,
    stop: () => stop(),
    start: async () => {
      ({ stop } = await launch(port, options));
    },
  };
}

async function launch(
  port: number,
  options: readonly string[],
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const main = inProject('projects', 'auth-server', 'dist', 'main.js');
  const child = spawn(
    process.execPath,
    [main, '--port', `${port}`, '--json', '--data', 'memory', ...options],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const endWithUs = (): boolean => child.kill();
  process.once('exit', endWithUs);
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() =>
      Promise.reject(new Error('The auth server did not start. Is it built? See "npm run build".')),
    ),
  ]);
  const ready: unknown = JSON.parse(String(line[0]));
  const url = typeof ready === 'object' && ready !== null && 'url' in ready ? String(ready.url) : '';
  return {
    url,
    stop: async () => {
      process.off('exit', endWithUs);
      child.kill();
      await ended;
    },
  };
}
