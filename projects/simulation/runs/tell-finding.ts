import type { Finding } from './run-chunk';

/** A finding as a person reads it: what broke, in which script, and how to see it again. */
export function tellFinding({ broken, script, again }: Finding): string {
  return [`\n${broken}\n`, script, `\nAgain: ${again}`].join('\n');
}
