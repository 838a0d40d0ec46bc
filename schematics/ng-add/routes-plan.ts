import type { Tree } from '@angular-devkit/schematics';
import { posix } from 'node:path';
import * as ts from 'typescript';
import { type Found, definitionOf, importedFile } from './application-files';
import { importNames } from './import-edit';
import { insertIntoList } from './list-edit';
import { type FilePlan, onlyByHand } from './plan';
import { LIBRARY } from './provider-call';
import { bareExpression, isTaken, memberOf, nodesBelow } from './source-text';

interface Page {
  readonly path: string;
  readonly guard: string;
  readonly file: string;
  readonly component: string;
}

const PAGES: readonly Page[] = [
  { path: 'login', guard: 'guestGuard', file: 'login/login', component: 'Login' },
  { path: 'account', guard: 'authGuard', file: 'account/account', component: 'Account' },
];

/** Adds the routes of the login page and of the guarded page, before a route that takes everything; `undefined` without any routes. */
export function planRoutes(
  tree: Tree,
  config: Found<ts.ObjectLiteralExpression>,
  appFolder: string,
): FilePlan | undefined {
  const routes = findRoutes(tree, config);
  if (routes === undefined) return undefined;
  const { path, source, node } = routes;
  const present = node.elements.map(pathOf);
  const missing = PAGES.filter(page => !present.includes(page.path));
  const done = PAGES.map(page =>
    missing.includes(page)
      ? `${path} has the route /${page.path}.`
      : `${path} has a route /${page.path} already; it stays as it is.`,
  );
  if (missing.length === 0) return { path, edits: [], done, byHand: [] };
  const taken = missing.map(page => page.guard).filter(guard => isTaken(source, guard, LIBRARY));
  if (taken.length > 0) return onlyByHand(path, byHand(path, taken, missing, appFolder));
  const all = node.elements.find(element => pathOf(element) === '**');
  const lines = missing.map(page => routeText(page, path, appFolder));
  const edits = [
    insertIntoList(source, node, lines, all),
    ...importNames(
      source,
      missing.map(page => page.guard),
      LIBRARY,
    ),
  ];
  return { path, edits, done, byHand: [] };
}

function findRoutes(
  tree: Tree,
  { path, source, node }: Found<ts.ObjectLiteralExpression>,
): Found<ts.ArrayLiteralExpression> | undefined {
  const imported = nodesBelow(node)
    .filter(ts.isIdentifier)
    .map(name => importedFile(tree, path, source, name.text))
    .filter(file => file !== undefined);
  for (const file of [{ path, source }, ...imported]) {
    const argument = nodesBelow(file.source).find(isRouterSetUp)?.arguments[0];
    if (!argument) continue;
    const value = bareExpression(argument);
    const found = ts.isIdentifier(value)
      ? definitionOf(tree, file.path, file.source, value.text)
      : { ...file, node: value };
    if (found && ts.isArrayLiteralExpression(found.node)) return { ...found, node: found.node };
  }
  return undefined;
}

function isRouterSetUp(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) && /^(provideRouter|RouterModule\.forRoot)$/.test(node.expression.getText())
  );
}

function pathOf(element: ts.Expression): string | undefined {
  const member = ts.isObjectLiteralExpression(element) ? memberOf(element, 'path') : undefined;
  return member && ts.isPropertyAssignment(member) && ts.isStringLiteralLike(member.initializer)
    ? member.initializer.text
    : undefined;
}

function routeText({ path, guard, file, component }: Page, routesFile: string, appFolder: string): string {
  const relative = posix.relative(posix.dirname(routesFile), posix.join(appFolder, file));
  const target = relative.startsWith('.') ? relative : `./${relative}`;
  return `{ path: '${path}', canActivate: [${guard}], loadComponent: () => import('${target}').then(m => m.${component}) }`;
}

function byHand(path: string, taken: readonly string[], pages: readonly Page[], appFolder: string): string {
  const lines = pages.map(page => `  ${routeText(page, path, appFolder)},`).join('\n');
  return `In ${path}, ${taken.join(', ')} stands for something else, so nothing was changed. Import ours under other names and add the routes:
  import { authGuard, guestGuard } from '${LIBRARY}';
${lines}`;
}
