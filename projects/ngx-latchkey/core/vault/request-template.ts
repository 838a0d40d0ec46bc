import { isJsonObject } from '../contract/json';
import type { WireRequest } from '../contract/wire';
import { type Handle, mapStrings } from './handle';

/** Stands for the secret in a template. */
export const SECRET: Handle = 'vault:00000000000000000000000000000000';

/** Headers that differ each time, and say nothing about what a request does. */
const PASSING = /^(authorization|dpop)$/i;

/**
 * Whether a request is the one of the template: the same method, URL and body to the last member, and the handle where the secret belongs.
 * A back end may have one URL for everything, and a script may know an operation there that gives back what it was given.
 */
export function isOfTemplate(request: WireRequest, template: WireRequest, handle: Handle): boolean {
  return written(mapStrings(request, text => (text === handle ? SECRET : text))) === written(template);
}

function written({ url, method, headers = {}, json, form, credentials = 'omit' }: WireRequest): string {
  const said = Object.entries(headers)
    .filter(([name]) => !PASSING.test(name))
    .map(([name, value]) => [name.toLowerCase(), value]);
  return JSON.stringify(
    sorted({ url, method, json, form, credentials, headers: Object.fromEntries(said) as unknown }),
  );
}

/** The same data with its members in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(name => [name, sorted(value[name])]),
  );
}
