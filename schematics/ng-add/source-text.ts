import * as ts from 'typescript';

/** A change of a source text: what stands from `start` to `end` is replaced. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Parses with the TypeScript of the workspace; only text and offsets leave this folder, never nodes. */
export function parseSource(text: string): ts.SourceFile {
  return ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
}

/** Applies edits that do not overlap, in the line ends of the text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return [...edits]
    .map((edit, order) => ({ ...edit, order }))
    .sort((one, other) => other.start - one.start || other.order - one.order)
    .reduce(
      (changed, { start, end, text: inserted }) =>
        changed.slice(0, start) + inserted.replaceAll('\n', lineEnd) + changed.slice(end),
      text,
    );
}

/** Every node below one, itself included, in the order of the text. */
export function nodesBelow(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [node];
  node.forEachChild(child => {
    nodes.push(...nodesBelow(child));
  });
  return nodes;
}

/** The calls of a function by name. */
export function callsOf(node: ts.Node, name: string): ts.CallExpression[] {
  return nodesBelow(node).filter(
    (found): found is ts.CallExpression =>
      ts.isCallExpression(found) && ts.isIdentifier(found.expression) && found.expression.text === name,
  );
}

/** The value behind `as`, `satisfies`, `!` and parentheses. */
export function bareExpression(node: ts.Expression): ts.Expression {
  return ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node)
    ? bareExpression(node.expression)
    : node;
}

/** What a top-level constant of the file is set to. */
export function constantIn(source: ts.SourceFile, name: string): ts.Expression | undefined {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (ts.isIdentifier(declaration.name) && declaration.name.text === name && declaration.initializer) {
        return bareExpression(declaration.initializer);
      }
    }
  }
  return undefined;
}

/** The relative module that a name is imported from, and the name it has there. */
export function importOf(
  source: ts.SourceFile,
  name: string,
): { readonly from: string; readonly name: string } | undefined {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    const found = bindings.elements.find(element => element.name.text === name);
    if (found) return { from: statement.moduleSpecifier.text, name: (found.propertyName ?? found.name).text };
  }
  return undefined;
}

/** A member of an object literal by its name. */
export function memberOf(
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined {
  return object.properties.find(
    property =>
      property.name &&
      (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) &&
      property.name.text === name,
  );
}

/** Whether a name that we need stands for something else in the file: imported from elsewhere, or declared there. */
export function isTaken(source: ts.SourceFile, name: string, ours: string): boolean {
  if (importOf(source, name)?.from === ours) return false;
  return nodesBelow(source).some(
    node =>
      ts.isIdentifier(node) && node.text === name && isDeclaration(node.parent) && node.parent.name === node,
  );
}

function isDeclaration(node: ts.Node): node is ts.Node & { readonly name?: ts.Node } {
  return (
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node)
  );
}
