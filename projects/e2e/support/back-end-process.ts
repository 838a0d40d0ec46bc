import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inProject } from './project-root';

/** A back end, or its double, as a process of its own; see `projects/back-ends/start-back-end.ts`. */
export interface BackEndProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param options further command line options, such as `--token-life 5` */
export async function startBackEnd(name: string, ...options: string[]): Promise<BackEndProcess> {
  const script = inProject('projects', 'back-ends', 'start-back-end.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, name, ...options], {
    cwd: inProject(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const endWithUs = (): boolean => child.kill();
  process.once('exit', endWithUs);
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error(`The back end ${name} did not start.`))),
  ]);
  const { url } = JSON.parse(String(line[0])) as { readonly url: string };
  return {
    url,
    stop: async () => {
      process.off('exit', endWithUs);
      child.kill();
      await ended;
    },
  };
}
