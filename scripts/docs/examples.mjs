import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';

const TYPES = 'dist/ngx-latchkey/types';

/** The `@example`s in the declarations of the built library, which editors show, as samples. Those of templates are left out. */
export function examples() {
  return readdirSync(TYPES)
    .filter(name => name.endsWith('.d.ts'))
    .flatMap(name => examplesIn(`${TYPES}/${name}`));
}

function examplesIn(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  // By its place: the nodes of one declaration share its comment.
  const found = new Map();
  const look = node => {
    for (const tag of ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === 'example')) {
      const code = ts.getTextOfJSDocComment(tag.comment) ?? '';
      const { line } = source.getLineAndCharacterOfPosition(tag.getStart());
      if (!code.startsWith('<')) found.set(tag.pos, { path, code, line: line + 1 });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return [...found.values()];
}
