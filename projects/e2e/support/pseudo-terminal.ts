import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { CommandOptions } from './command';

/** What a person types when a question appears. */
export interface Reply {
  readonly question: RegExp;
  readonly typed: string;
}

export interface TerminalSession {
  /** The last 3000 characters that were on the screen. */
  readonly screen: string;
  readonly exitCode: number;
}

/** Milliseconds that a person needs to read a question, and the program to be ready for the answer. */
const READING = 250;
/** How much of the screen is worth showing when something went wrong: spinners fill the rest. */
const LAST_PAGE = 3_000;

/**
 * Runs a command in a pseudo-terminal of 40 rows and 140 columns and answers its questions when they appear, each once.
 *
 * Needs the `script` of util-linux; the one of macOS and BSD wants a terminal of its own.
 *
 * @returns the screen and the command's exit code
 * @throws Error with the screen, when a question never appears or the time is over
 */
export function inPseudoTerminal(
  command: readonly string[],
  replies: readonly Reply[],
  { cwd, env, timeout = 180_000 }: CommandOptions,
): Promise<TerminalSession> {
  if (process.platform !== 'linux') {
    throw new Error(
      'The newcomer\'s flow types into a pseudo-terminal, which it can open only on Linux, by "script" of util-linux.',
    );
  }
  const line = `stty rows 40 cols 140; exec ${command.map(quote).join(' ')}`;
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd, env });
    let screen = '';
    let read = 0;
    let open = replies;
    let typing: NodeJS.Timeout | undefined;

    const type = (text: string): void => {
      typing = undefined;
      read = screen.length;
      child.stdin.write(`${text}\r`);
    };
    const limit = setTimeout(() => child.kill('SIGKILL'), timeout);
    const show = (chunk: Buffer): void => {
      screen += stripVTControlCharacters(chunk.toString());
      if (typing !== undefined) return;
      const asked = screen.slice(read);
      const next = open.find(({ question }) => question.test(asked));
      if (next === undefined) return;
      open = open.filter(one => one !== next);
      typing = setTimeout(type, READING, next.typed);
    };
    child.stdout.on('data', show);
    child.stderr.on('data', show);
    child.stdin.on('error', () => undefined);
    child.once('error', error => {
      const missing = 'code' in error && error.code === 'ENOENT';
      reject(
        missing
          ? new Error(
              '"script" is missing: install util-linux (on Debian also bsdutils), it gives the newcomer\'s flow its terminal.',
            )
          : error,
      );
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      clearTimeout(typing);
      const unasked = open.map(({ question }) => String(question)).join(', ');
      if (code !== null && unasked === '') resolve({ screen: screen.slice(-LAST_PAGE), exitCode: code });
      else
        reject(
          new Error(
            `"${command.join(' ')}" ended with ${code ?? signal}${unasked && `, never asked ${unasked}`}. The screen:\n${screen.slice(-LAST_PAGE)}`,
          ),
        );
    });
  });
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
