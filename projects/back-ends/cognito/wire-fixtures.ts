import { readFileSync } from 'node:fs';
import type { WireFixture } from '../harness/wire-fixture';

/** The exchanges of the user pools API, as its documentation has them. */
export const FIXTURES = JSON.parse(
  readFileSync(new URL('wire.json', import.meta.url), 'utf8'),
) as readonly WireFixture[];
