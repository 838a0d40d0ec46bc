import { readFileSync, readdirSync } from 'node:fs';

const OUTSIDE_DOCS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'projects/auth-server/README.md',
];

/** Every page that somebody reads, with `/` in its path. */
export function pages() {
  const docs = readdirSync('docs', { recursive: true })
    .map(name => `docs/${name.replaceAll('\\', '/')}`)
    .filter(name => name.endsWith('.md'));
  return [...OUTSIDE_DOCS, ...docs].map(path => ({ path, text: readFileSync(path, 'utf8') }));
}

/** The fenced blocks of a page in one language, with the number of their first line. */
export function blocks({ path, text }, language) {
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)]
    .filter(match => match[2] === language)
    .map(({ 3: code, index }) => ({ path, code, line: text.slice(0, index).split('\n').length + 1 }));
}

/** A page without its fenced blocks; the lines keep their numbers. */
export function prose({ text }) {
  return text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, block => block.replaceAll(/[^\n]/g, ''));
}

/** Where in a text an index is, as people count lines. */
export function lineAt(text, index) {
  return text.slice(0, index).split('\n').length;
}
