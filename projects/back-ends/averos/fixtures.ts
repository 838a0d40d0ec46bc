import { readFileSync } from 'node:fs';
import type { WireAnswer } from 'ngx-latchkey/core';
import { type WireFixture, filled } from '../harness/wire-fixture';

/** What an Averos server with everything in it answers. Written from its clients, not from the adapter or the server. */
export const fixtures = read('wire.json');

/** What the published mock server answers, seen when it was run. */
export const mockFixtures = read('mock-wire.json');

/** The answer of a fixture, as an adapter gets it. */
export function answerOf(name: string, among: readonly WireFixture[] = fixtures): WireAnswer {
  const found = among.find(fixture => fixture.name === name);
  if (found === undefined) throw new Error(`There is no fixture "${name}".`);
  const { status, headers, json } = found.answer;
  return { status, headers: headers ?? {}, json: json === undefined ? undefined : filled(json) };
}

function read(name: string): readonly WireFixture[] {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as readonly WireFixture[];
}
