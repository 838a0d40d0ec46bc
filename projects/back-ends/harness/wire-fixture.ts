import type { Json } from 'ngx-latchkey/core';

/**
 * One exchange of a back end, written from its documentation. The double has to answer so and the adapter has to ask so, each on its own.
 *
 * A value `"{{kind:name}}"` stands for one that differs each time: kind is `text`, `number`, `jwt` or `any`; the name ties an answer's
 * value to later requests. Texts may contain it (`"Bearer {{jwt:token}}"`).
 */
export interface WireFixture {
  readonly name: string;
  readonly request: {
    readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Below the address of the server, with the query. */
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly json?: Json;
    readonly form?: Readonly<Record<string, string>>;
  };
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** Members that the fixture does not name are allowed. Left out: the body is not looked at. */
    readonly json?: Json;
    /** A body that is not JSON. */
    readonly text?: string;
  };
}

const PLACEHOLDER = /\{\{(text|number|jwt|any):([\w-]+)\}\}/g;
const WHOLE = /^\{\{(text|number|jwt|any):([\w-]+)\}\}$/;

/** What the placeholders of a file stand for. */
export type Captures = Map<string, unknown>;

/** The data with its placeholders filled in: from what was captured, else with samples. */
export function filled(pattern: Json, captures: Captures = new Map<string, unknown>()): Json {
  if (typeof pattern === 'string') {
    const whole = WHOLE.exec(pattern);
    if (whole) return valueOf(whole, captures) as Json;
    return filledText(pattern, captures);
  }
  if (Array.isArray(pattern)) return pattern.map(item => filled(item as Json, captures));
  if (typeof pattern !== 'object' || pattern === null) return pattern;
  return Object.fromEntries(Object.entries(pattern).map(([key, value]) => [key, filled(value, captures)]));
}

/** The same for a text that stays one. */
export function filledText(pattern: string, captures: Captures = new Map<string, unknown>()): string {
  return pattern.replace(PLACEHOLDER, (...match) => String(valueOf(match.slice(0, 3), captures)));
}

/** Where the data differs from the pattern, in words; captures what placeholders stand for. */
export function difference(
  pattern: Json,
  actual: unknown,
  captures: Captures,
  path = 'body',
): string | undefined {
  if (typeof pattern === 'string') {
    const [whole, kind = '', name = ''] = WHOLE.exec(pattern) ?? [];
    if (whole === undefined) return actual === pattern ? undefined : differs(path, pattern, actual);
    if (!isKind(kind, actual)) return differs(path, `a ${kind}`, actual);
    captures.set(name, actual);
    return undefined;
  }
  if (Array.isArray(pattern)) {
    if (!Array.isArray(actual) || actual.length !== pattern.length) return differs(path, pattern, actual);
    return firstOf(
      pattern.map((item, at) => difference(item as Json, actual[at], captures, `${path}[${String(at)}]`)),
    );
  }
  if (typeof pattern !== 'object' || pattern === null) {
    return actual === pattern ? undefined : differs(path, pattern, actual);
  }
  if (typeof actual !== 'object' || actual === null) return differs(path, pattern, actual);
  const members = actual as Readonly<Record<string, unknown>>;
  return firstOf(
    Object.entries(pattern).map(([key, value]) =>
      difference(value, members[key], captures, `${path}.${key}`),
    ),
  );
}

/** A JWT of sixty seconds from a fixed day, for adapters that look into tokens. */
export const SAMPLE_JWT = [
  { alg: 'HS256', typ: 'JWT' },
  { sub: '7', iat: 1_800_000_000, exp: 1_800_000_060 },
]
  .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('c2lnbmF0dXJl')
  .join('.');

function valueOf([, kind = '', name = '']: readonly string[], captures: Captures): unknown {
  if (captures.has(name)) return captures.get(name);
  if (kind === 'number') return 3600;
  return kind === 'jwt' ? SAMPLE_JWT : `sample-${name}`;
}

function isKind(kind: string, actual: unknown): boolean {
  if (kind === 'any') return actual !== undefined;
  if (kind === 'number') return typeof actual === 'number';
  return (
    typeof actual === 'string' && (kind === 'text' ? actual !== '' : /^[\w-]+\.[\w-]+\.[\w-]*$/.test(actual))
  );
}

function firstOf(differences: readonly (string | undefined)[]): string | undefined {
  return differences.find(one => one !== undefined);
}

function differs(path: string, wanted: unknown, actual: unknown): string {
  return `${path} should be ${JSON.stringify(wanted)} and is ${JSON.stringify(actual)}`;
}
