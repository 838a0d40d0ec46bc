import * as ts from 'typescript';
import { importNames } from './import-edit';
import { indentAt, insertIntoList, unitOf } from './list-edit';
import { type FilePlan, onlyByHand } from './plan';
import { LIBRARY, type ProviderCall, importLines } from './provider-call';
import {
  type TextEdit,
  bareExpression,
  callsOf,
  constantIn,
  isTaken,
  memberOf,
  nodesBelow,
} from './source-text';

const HTTP = '@angular/common/http';
const HTTP_CALL = 'provideHttpClient(withInterceptors([authInterceptor]))';

/**
 * Adds the session and the interceptor to the providers of an application's configuration or root module.
 * An HTTP client that is configured already gets the interceptor and stays as it is otherwise.
 */
export function planProviders(
  path: string,
  source: ts.SourceFile,
  config: ts.ObjectLiteralExpression,
  provider: ProviderCall,
): FilePlan {
  const needed = [
    ['authInterceptor', LIBRARY],
    ['provideAuth', LIBRARY],
    ...provider.features.map(feature => [feature, LIBRARY] as const),
    [provider.factory, provider.from],
  ] as const;
  const taken = needed.filter(([name, from]) => isTaken(source, name, from)).map(([name]) => name);
  if (taken.length > 0) return onlyByHand(path, takenByHand(path, taken, provider));
  if (callsOf(source, 'provideAuth').length > 0) {
    return { path, edits: [], done: [`${path} provides the session already.`], byHand: [] };
  }
  const list = providersOf(source, config);
  if (list === 'unreadable') return onlyByHand(path, everythingByHand(path, provider));

  const http = planHttp(source, config, list === 'absent' ? undefined : list);
  const added = [...http.added, provider.call];
  const edits = [
    ...(list === 'absent' ? [newProviders(source, config, added)] : [insertIntoList(source, list, added)]),
    ...http.edits,
    ...importNames(source, http.httpNames, HTTP).filter(() => http.httpNames.length > 0),
    ...importNames(source, libraryNames(provider, http.byHand === undefined), LIBRARY),
    ...(provider.from === LIBRARY ? [] : importNames(source, [provider.factory], provider.from)),
  ];
  const what = http.byHand === undefined ? 'the session and the interceptor' : 'the session';
  return {
    path,
    edits,
    done: [`${path} provides ${what}.`],
    byHand: http.byHand === undefined ? [] : [`In ${path}: ${http.byHand}`],
  };
}

interface HttpPlan {
  /** Providers to add. */
  readonly added: readonly string[];
  readonly edits: readonly TextEdit[];
  readonly httpNames: readonly string[];
  readonly byHand?: string;
}

function planHttp(
  source: ts.SourceFile,
  config: ts.ObjectLiteralExpression,
  list: ts.ArrayLiteralExpression | undefined,
): HttpPlan {
  const nothing = { added: [], edits: [], httpNames: [] };
  const usesModule = nodesBelow(config).some(
    node => ts.isIdentifier(node) && node.text === 'HttpClientModule',
  );
  if (usesModule) {
    return {
      ...nothing,
      byHand: `replace HttpClientModule in the imports by ${HTTP_CALL} in the providers; with both, the interceptor would not see every request.`,
    };
  }
  const [call, second] = list ? callsOf(list, 'provideHttpClient') : [];
  if (call === undefined) {
    return { added: [HTTP_CALL], edits: [], httpNames: ['provideHttpClient', 'withInterceptors'] };
  }
  const interceptors = callsOf(call, 'withInterceptors')[0];
  const functions = interceptors?.arguments[0];
  if (second === undefined && interceptors === undefined && !call.arguments.some(ts.isSpreadElement)) {
    const edit = insertIntoList(source, call, ['withInterceptors([authInterceptor])']);
    return { added: [], edits: [inline(edit, call)], httpNames: ['withInterceptors'] };
  }
  if (second === undefined && functions && ts.isArrayLiteralExpression(functions)) {
    const names = functions.elements.filter(ts.isIdentifier).map(({ text }) => text);
    if (names.includes('authInterceptor')) return nothing;
    const edit = insertIntoList(source, functions, ['authInterceptor']);
    return { added: [], edits: [inline(edit, functions)], httpNames: [] };
  }
  return {
    ...nothing,
    byHand: 'add authInterceptor as the last one to the interceptors of provideHttpClient(…).',
  };
}

/** What is put into an empty list of a call stays on its line. */
function inline(edit: TextEdit, list: ts.CallExpression | ts.ArrayLiteralExpression): TextEdit {
  const empty = (ts.isCallExpression(list) ? list.arguments : list.elements).length === 0;
  return empty ? { ...edit, text: edit.text.trim().replace(/,$/, '') } : edit;
}

function providersOf(
  source: ts.SourceFile,
  config: ts.ObjectLiteralExpression,
): ts.ArrayLiteralExpression | 'absent' | 'unreadable' {
  const member = memberOf(config, 'providers');
  if (member === undefined) return config.properties.some(ts.isSpreadAssignment) ? 'unreadable' : 'absent';
  let value: ts.Expression | undefined;
  if (ts.isPropertyAssignment(member)) value = bareExpression(member.initializer);
  if (ts.isShorthandPropertyAssignment(member)) value = member.name;
  if (value && ts.isIdentifier(value)) value = constantIn(source, value.text);
  return value && ts.isArrayLiteralExpression(value) ? value : 'unreadable';
}

function newProviders(
  source: ts.SourceFile,
  config: ts.ObjectLiteralExpression,
  added: readonly string[],
): TextEdit {
  const last = config.properties[config.properties.length - 1];
  const base = indentAt(source, config.getStart(source));
  const unit = unitOf(source);
  const lines = added.map(element => `${base}${unit}${unit}${element},`).join('\n');
  const property = `${base}${unit}providers: [\n${lines}\n${base}${unit}],`;
  if (last === undefined) {
    return { start: config.getStart(source) + 1, end: config.getEnd() - 1, text: `\n${property}\n${base}` };
  }
  return { start: last.getEnd(), end: last.getEnd(), text: `,\n${property.replace(/,$/, '')}` };
}

function libraryNames(
  { factory, from, features }: ProviderCall,
  withInterceptor: boolean,
): readonly string[] {
  return [
    ...(withInterceptor ? ['authInterceptor'] : []),
    ...(from === LIBRARY ? [factory] : []),
    'provideAuth',
    ...features,
  ];
}

function takenByHand(path: string, taken: readonly string[], provider: ProviderCall): string {
  return `In ${path}, ${taken.join(', ')} stands for something else, so nothing was changed. Import ours under other names (import { provideAuth as provideSession } …) and add them by hand:
${linesByHand(provider)}`;
}

/** What to write where nothing could be changed. */
export function everythingByHand(path: string, provider: ProviderCall): string {
  return `The providers in ${path} could not be read safely. Add by hand:
${linesByHand(provider)}`;
}

function linesByHand(provider: ProviderCall): string {
  return `  ${importLines(provider)}
  import { provideHttpClient, withInterceptors } from '${HTTP}';
  // among the application's providers:
  ${HTTP_CALL},
  ${provider.call},`;
}
