import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const PACKAGE = 'dist/ngx-latchkey';

/** The entry points of the built library: the name of each, its declarations, and what the compiler knows of them. */
export function entryPoints() {
  const { exports } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const found = Object.entries(exports)
    .filter(([, { types }]) => types !== undefined)
    .map(([path, { types }]) => ({
      name: ['ngx-latchkey', path.slice(2)].filter(Boolean).join('/'),
      file: resolve(PACKAGE, types),
    }));
  const program = ts.createProgram(
    found.map(({ file }) => file),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Preserve,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
      paths: Object.fromEntries(found.map(({ name, file }) => [name, [file]])),
    },
  );
  const checker = program.getTypeChecker();
  return found.map(({ name, file }) => ({ name, source: program.getSourceFile(file), checker }));
}
