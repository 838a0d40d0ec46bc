import type { Finding } from './run-chunk';

/** A finding as a person reads it: what broke, in which script, and how to see it again. */
export function tellFinding({ broken, script, seed, path }: Finding): string {
  const again = `npm run simulate -- --seed ${seed}${path === '' ? '' : ` --path ${path}`}`;
  return [`\n${broken}\n`, script, `\nAgain: ${again}`].join('\n');
}
