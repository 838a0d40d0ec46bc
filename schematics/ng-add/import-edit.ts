import * as ts from 'typescript';
import type { TextEdit } from './source-text';

/** Imports names from a module: into the import that is there, or by a new one after the last. */
export function importNames(source: ts.SourceFile, names: readonly string[], from: string): TextEdit[] {
  const imports = source.statements.filter(ts.isImportDeclaration);
  const quote = source.text.includes('"') && !source.text.includes("'") ? '"' : "'";
  for (const statement of imports) {
    const bindings = statement.importClause?.namedBindings;
    const sameModule =
      ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === from;
    if (!sameModule || !bindings || !ts.isNamedImports(bindings) || isTypeOnly(statement)) continue;
    const present = bindings.elements.map(element => element.name.text);
    const missing = names.filter(name => !present.includes(name));
    const last = bindings.elements[bindings.elements.length - 1];
    if (missing.length === 0) return [];
    if (last === undefined) continue;
    return [{ start: last.getEnd(), end: last.getEnd(), text: `, ${missing.join(', ')}` }];
  }
  const line = `import { ${[...names].sort().join(', ')} } from ${quote}${from}${quote};`;
  const last = imports[imports.length - 1];
  if (last === undefined) return [{ start: 0, end: 0, text: `${line}\n` }];
  return [{ start: last.getEnd(), end: last.getEnd(), text: `\n${line}` }];
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  return importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}
