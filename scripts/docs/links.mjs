import { existsSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { lineAt, prose } from './pages.mjs';

/** Links to pages, headings and files that are not there. */
export function brokenLinks(pages) {
  const problems = [];
  const anchors = new Map(pages.map(page => [page.path, anchorsOf(page)]));
  for (const page of pages) {
    const text = prose(page);
    for (const { 1: link, index } of text.matchAll(/\]\(([^()\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [file, anchor] = link.split('#');
      const target = file === '' ? page.path : posix.join(dirname(page.path), file);
      const where = `${page.path}:${lineAt(text, index)}`;
      if (!existsSync(target)) problems.push(`${where} links to ${link}, and there is no ${target}`);
      else if (anchor !== undefined && anchors.get(target)?.has(anchor) === false) {
        problems.push(`${where} links to ${link}, and ${target} has no such heading`);
      }
    }
  }
  return problems;
}

/** The headings of a page, as the code hosts name them. */
function anchorsOf(page) {
  const headings = [...prose(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading);
  return new Set(
    headings.map(heading =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  );
}
