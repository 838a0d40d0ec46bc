import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { AngularWorkspace } from '../support/angular-workspace';

/** The application's own server, in a process of its own. */
export interface RenderedSite {
  /** Such as `http://localhost:40123`. */
  readonly url: string;
  /** Closes the server and waits until the process has ended by itself. */
  stop(): Promise<Remains>;
}

/** What there was of the process when its server had closed. */
export interface Remains {
  /** Connections that it opened to others, from its start on. */
  readonly connections: number;
  readonly timers: number;
  /** Whether something held the process, so that it had to be killed. */
  readonly held: boolean;
}

/** Milliseconds in which a process ends that nothing holds. */
const PATIENCE = 10_000;

export async function serveRendered(
  { folder, env }: AngularWorkspace,
  server: string,
): Promise<RenderedSite> {
  const child = spawn(process.execPath, ['serve.mjs', server], {
    cwd: folder,
    env: { ...env, NG_ALLOWED_HOSTS: 'localhost' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const endWithUs = (): boolean => child.kill();
  process.once('exit', endWithUs);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<Readonly<Record<string, number>>> => {
    const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
    if (done === true) throw new Error('The application’s server ended too early.');
    return JSON.parse(value) as Readonly<Record<string, number>>;
  };
  const { port } = await nextLine();
  return {
    url: `http://localhost:${port}`,
    async stop() {
      process.off('exit', endWithUs);
      child.stdin.end();
      const { connections = NaN, timers = NaN } = await nextLine();
      const killer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      const [, signal] = (await ended) as [number | null, string | null];
      clearTimeout(killer);
      return { connections, timers, held: signal !== null };
    },
  };
}
