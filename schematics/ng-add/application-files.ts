import type { Tree } from '@angular-devkit/schematics';
import { posix } from 'node:path';
import * as ts from 'typescript';
import { bareExpression, callsOf, constantIn, importOf, nodesBelow, parseSource } from './source-text';

/** A file of the application and what was looked for in it. */
export interface Found<Node> {
  readonly path: string;
  readonly source: ts.SourceFile;
  readonly node: Node;
}

export function readSource(tree: Tree, path: string): ts.SourceFile | undefined {
  return tree.exists(path) ? parseSource(tree.readText(path)) : undefined;
}

/** The configuration that the application is bootstrapped with, or the metadata of its root module. */
export function findConfiguration(tree: Tree, main: string): Found<ts.ObjectLiteralExpression> | undefined {
  const source = readSource(tree, main);
  if (source === undefined) return undefined;
  const [bootstrap] = callsOf(source, 'bootstrapApplication');
  const config = bootstrap?.arguments[1];
  if (config) return configurationAt(tree, main, source, config);
  return rootModule(tree, main, source);
}

function configurationAt(
  tree: Tree,
  path: string,
  source: ts.SourceFile,
  expression: ts.Expression,
): Found<ts.ObjectLiteralExpression> | undefined {
  const value = bareExpression(expression);
  if (ts.isObjectLiteralExpression(value)) return { path, source, node: value };
  if (ts.isIdentifier(value)) {
    const found = definitionOf(tree, path, source, value.text);
    return found && configurationAt(tree, found.path, found.source, found.node);
  }
  if (ts.isCallExpression(value) && value.expression.getText(source) === 'mergeApplicationConfig') {
    for (const argument of value.arguments) {
      const found = configurationAt(tree, path, source, argument);
      if (found) return found;
    }
  }
  return undefined;
}

/** What a name stands for: a constant of the file, or of the one that it is imported from by a relative path. */
export function definitionOf(
  tree: Tree,
  path: string,
  source: ts.SourceFile,
  name: string,
): Found<ts.Expression> | undefined {
  const here = constantIn(source, name);
  if (here) return { path, source, node: here };
  const imported = importedFile(tree, path, source, name);
  const there = imported && constantIn(imported.source, imported.name);
  return there && { path: imported.path, source: imported.source, node: there };
}

/** The file that a name is imported from by a relative path. */
export function importedFile(
  tree: Tree,
  path: string,
  source: ts.SourceFile,
  name: string,
): { readonly path: string; readonly source: ts.SourceFile; readonly name: string } | undefined {
  const imported = importOf(source, name);
  if (!imported?.from.startsWith('.')) return undefined;
  const base = posix.join(posix.dirname(path), imported.from);
  for (const candidate of [`${base}.ts`, `${base}/index.ts`]) {
    const found = readSource(tree, candidate);
    if (found) return { path: candidate, source: found, name: imported.name };
  }
  return undefined;
}

function rootModule(
  tree: Tree,
  main: string,
  source: ts.SourceFile,
): Found<ts.ObjectLiteralExpression> | undefined {
  const call = nodesBelow(source).find(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'bootstrapModule',
  );
  const name = call?.arguments[0];
  if (!name || !ts.isIdentifier(name)) return undefined;
  const file = importedFile(tree, main, source, name.text);
  if (!file) return undefined;
  const declared = file.source.statements.find(
    (statement): statement is ts.ClassDeclaration =>
      ts.isClassDeclaration(statement) && statement.name?.text === file.name,
  );
  const metadata = declared && callsOf(declared, 'NgModule')[0]?.arguments[0];
  return metadata && ts.isObjectLiteralExpression(metadata)
    ? { path: file.path, source: file.source, node: metadata }
    : undefined;
}
