import type { WireAnswer } from 'ngx-latchkey/core';

/** Answers that nobody planned: of proxies, firewalls, portals and servers in trouble. None of them proves that a session is over. */
export const HOSTILE_ANSWERS: readonly (readonly [name: string, answer: WireAnswer])[] = [
  ['a web page with 200', page(200)],
  ['nothing at all', page(204)],
  ...[400, 401, 403, 404, 407, 418, 429, 500, 502, 503, 504].map(
    status => [`a web page with ${String(status)}`, page(status)] as const,
  ),
  ...[null, [], 0, '', true, 'text', {}, [[]], { data: null }, { user: null }, { token: {} }].map(
    json => [`the JSON ${JSON.stringify(json)}`, { status: 200, headers: {}, json }] as const,
  ),
  ['an error of a server in JSON', { status: 500, headers: {}, json: { message: 'Something went wrong.' } }],
  ['a refusal of a gateway in JSON', { status: 403, headers: {}, json: { message: 'Forbidden' } }],
  ['too many requests in JSON', { status: 429, headers: { 'retry-after': 'soon' }, json: {} }],
  ['JSON that is nested deeply', { status: 200, headers: {}, json: nested(2_000) }],
];

function page(status: number): WireAnswer {
  return { status, headers: { 'content-type': 'text/html' }, json: undefined };
}

function nested(depth: number): unknown {
  let inside: unknown = {};
  for (let level = 0; level < depth; level += 1) inside = { data: inside };
  return inside;
}
