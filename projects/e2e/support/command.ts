import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds. */
  readonly timeout?: number;
}

/**
 * Runs a command to its end and answers what it printed.
 *
 * @throws Error with everything it printed, when it fails
 */
export function run(command: readonly string[], options: CommandOptions): Promise<string> {
  const [file = '', ...args] = command;
  const { cwd, env, timeout = 300_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    const collect = (chunk: Buffer): void => {
      printed += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`"${command.join(' ')}" ended with ${code ?? signal} in ${cwd}:\n${printed}`));
    });
  });
}
