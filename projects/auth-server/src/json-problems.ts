import { getNodePath, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

/** Something wrong at one place of a file. */
export interface Problem {
  readonly offset: number;
  readonly sentence: string;
}

/** A file's text as a syntax tree, or what keeps it from being one. Comments and trailing commas are welcome. */
export function parseJsonTree(text: string): {
  readonly tree: Node | undefined;
  readonly problems: readonly Problem[];
} {
  if (text.trim() === '')
    return { tree: undefined, problems: [{ offset: 0, sentence: 'The file is empty.' }] };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  // The first one only: those behind it are mostly its echoes.
  const problems = errors.slice(0, 1).map(({ error, offset }) => ({
    offset,
    sentence: `This is not valid JSON: ${inWords(error)}.`,
  }));
  return { tree, problems };
}

/** Problems as lines a terminal and an editor understand: `file:line:column: sentence`. */
export function describeProblems(file: string, text: string, problems: readonly Problem[]): string {
  return [...problems]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, sentence }) => {
      const before = text.slice(0, offset).split('\n');
      return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${sentence}`;
    })
    .join('\n');
}

/** Where a value stands, such as `signing.secrets[0].id`. */
export function pathTo(node: Node): string {
  return getNodePath(node)
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

/** The candidate that is nearest to a misspelt name, if one is near enough to be meant. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map(candidate => ({ candidate, distance: distanceBetween(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, name.length / 3) ? best.candidate : undefined;
}

/** Levenshtein's distance. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function inWords(error: ParseError['error']): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
