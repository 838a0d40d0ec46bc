import { readFileSync } from 'node:fs';
import type { WireAnswer } from 'ngx-latchkey/core';
import { type WireFixture, filled } from '../harness/wire-fixture';

/** Written from the documentation, not from the adapter or the double. */
export const fixtures = JSON.parse(
  readFileSync(new URL('wire.json', import.meta.url), 'utf8'),
) as readonly WireFixture[];

/** The answer of a fixture, as an adapter gets it. */
export function answerOf(name: string): WireAnswer {
  const found = fixtures.find(fixture => fixture.name === name);
  if (found === undefined) throw new Error(`There is no fixture "${name}".`);
  return { status: found.answer.status, headers: {}, json: filled(found.answer.json ?? null) };
}
