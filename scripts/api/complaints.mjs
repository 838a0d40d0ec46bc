import ts from 'typescript';
import { surface } from './surface.mjs';

/** What a reader of the declarations would miss: comments, types that nobody can name, and `any`. */
export function complaints(entry) {
  const exported = surface(entry).filter(({ from }) => from === undefined);
  const readable = exported.filter(({ name }) => !name.startsWith('ɵ'));
  const names = new Set(exported.flatMap(({ symbol }) => symbol));
  return [
    ...readable
      .filter(({ symbol }) => symbol.getDocumentationComment(entry.checker).length === 0)
      .filter(({ symbol }) => symbol.getJsDocTags(entry.checker).length === 0)
      .map(({ name }) => `${entry.name}: ${name} has no comment`),
    ...[...reached(readable, entry)]
      .filter(symbol => !names.has(symbol))
      .map(({ name }) => `${entry.name}: ${name} is part of the surface and not exported`),
    ...readable
      .filter(({ declarations }) => declarations.some(holdsAny))
      .map(({ name }) => `${entry.name}: ${name} has an \`any\``),
  ];
}

/** The declarations of this entry point that the exported ones lead to. */
function reached(exported, { source, checker }) {
  const found = new Set();
  const follow = node => {
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const isOwn = symbol?.declarations?.some(({ parent }) => topLevelOf(parent) === source);
      if (isOwn && !found.has(symbol)) {
        found.add(symbol);
        symbol.declarations.forEach(follow);
      }
    }
    const isPrivate = ts.isClassElement(node) && ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private;
    if (!isPrivate) ts.forEachChild(node, follow);
  };
  exported.flatMap(({ declarations }) => declarations).forEach(follow);
  return found;
}

function topLevelOf(parent) {
  const statement = parent && ts.isVariableDeclarationList(parent) ? parent.parent.parent : parent;
  return statement;
}

function holdsAny(node) {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return true;
  return ts.forEachChild(node, child => holdsAny(child) || undefined) ?? false;
}
