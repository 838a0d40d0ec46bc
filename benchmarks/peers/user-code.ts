import { readFileSync, readdirSync } from 'node:fs';
import { APPS, BARE, type Peer } from './peer';

/** What no user would write: the benchmark drives the page with it. */
const NOT_COUNTED = 'driver.ts';

/** How many lines of the application are neither blank nor a comment, nor in the bare application. All are formatted alike. */
export function linesOfUserCode(peer: Peer): number {
  const bare = new Map<string, number>();
  for (const line of linesOf(BARE)) bare.set(line, (bare.get(line) ?? 0) + 1);
  return linesOf(peer.name).filter(line => {
    const left = bare.get(line) ?? 0;
    bare.set(line, left - 1);
    return left <= 0;
  }).length;
}

function linesOf(name: string): readonly string[] {
  const folder = `${APPS}/${name}`;
  return readdirSync(folder)
    .filter(file => file.endsWith('.ts') && file !== NOT_COUNTED)
    .flatMap(file => readFileSync(`${folder}/${file}`, 'utf8').split('\n'))
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('//') && !/^\/?\*/.test(line));
}
