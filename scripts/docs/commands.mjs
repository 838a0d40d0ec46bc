import { existsSync, readFileSync } from 'node:fs';
import { lineAt } from './pages.mjs';

/** Scripts, stages and files of this repository that a page names and that are not there. */
export function unknownCommands(pages) {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const runner = readFileSync('scripts/test.mjs', 'utf8');
  const stages = new Set([...runner.matchAll(/name: '([\w-]+)'/g)].map(([, name]) => name));
  const rules = [
    [/\bnpm run (?:--silent )?([\w:-]+)/g, name => name in scripts],
    [/\bnpm (start|test)\b/g, name => name in scripts],
    [
      /\bnode scripts\/test\.mjs ((?:[\w-]+ ?)+)/g,
      names =>
        names
          .trim()
          .split(' ')
          .every(name => stages.has(name)),
    ],
    [/`((?:projects|scripts|benchmarks|schematics)\/[\w./-]+)`/g, existsSync],
  ];
  return pages.flatMap(({ path, text }) =>
    rules.flatMap(([pattern, isKnown]) =>
      [...text.matchAll(pattern)]
        .filter(match => !isKnown(match[1]))
        .map(match => `${path}:${lineAt(text, match.index)} says ${match[0]}, which is not there`),
    ),
  );
}
