import { InjectionToken } from '@angular/core';
import type { BackEnd, FieldValues } from './back-ends/back-end';
import { BACK_ENDS, backEndOf } from './back-ends/back-end-list';
import { fieldProblem, fieldValue } from './back-ends/field-value';

/** How the refresh token travels between the page and the auth server. */
export type RefreshTransport = 'body' | 'cookie';

/** Which back end the demo talks to, and how. */
export interface DemoSettings {
  readonly backEnd: BackEnd;
  /** The values of the back end's fields. */
  readonly values: FieldValues;
  /** Origin of the dev auth server, without a slash at its end. */
  readonly server: string;
  readonly transport: RefreshTransport;
  /** What the server does with a refresh token that comes twice, as far as the library is told. */
  readonly rotation: 'grace' | 'strict';
  /** What was wrong with the address bar's wishes, for a person to read. */
  readonly problem: string | null;
}

export const DEMO_SETTINGS = new InjectionToken<DemoSettings>('demo settings');

/** What can be wished for in the address bar. */
const NAMES = [
  ...['back-end', 'transport', 'rotation'],
  ...new Set(BACK_ENDS.flatMap(({ fields }) => fields.map(({ name }) => name))),
];

/** The wishes in the address bar, such as `?back-end=feathers&url=…`, remembered for as long as the browser tab lives. */
export function readDemoSettings(
  query: URLSearchParams,
  memory: Pick<Storage, 'getItem' | 'setItem'>,
): DemoSettings {
  // Each back end has an address of its own, which nobody has to type again.
  const remembered = (name: string, of = ''): string => `demo ${of}${name}`;
  const wish = (name: string): string | null => query.get(name) ?? memory.getItem(remembered(name));
  const usual = backEndOf('jwt-server');
  const backEnd = BACK_ENDS.find(({ name }) => name === wish('back-end')) ?? usual;
  const transport = wish('transport') === 'cookie' ? 'cookie' : 'body';
  const rotation = wish('rotation') === 'strict' ? 'strict' : 'grace';
  const valuesOf = ({
    name: of,
    fields,
  }: BackEnd): { readonly values: FieldValues; readonly problem?: string } => {
    const values: Record<string, string> = {};
    let problem: string | undefined;
    for (const field of fields) {
      const key = remembered(field.name, of === 'jwt-server' ? '' : `${of} `);
      const given = query.get(field.name) ?? memory.getItem(key) ?? '';
      const value = fieldValue(field, given);
      if (value === null) problem = fieldProblem(field, given);
      else memory.setItem(key, value);
      values[field.name] = value ?? field.usual;
    }
    return { values, ...(problem !== undefined && { problem }) };
  };
  const { values, problem = null } = valuesOf(backEnd);
  const { server = '' } = valuesOf(usual).values;
  memory.setItem('demo back-end', backEnd.name);
  memory.setItem('demo transport', transport);
  memory.setItem('demo rotation', rotation);
  return { backEnd, values, server, transport, rotation, problem };
}

/** The URL without these query parameters. */
export function withoutDemoSettings(href: string): string {
  const url = new URL(href);
  for (const name of NAMES) url.searchParams.delete(name);
  return url.href;
}
