import { readFileSync } from 'node:fs';
import type { WireFixture } from '../harness/wire-fixture';

/** Written from the documentation and from answers of the emulator. */
export const FIREBASE_FIXTURES = JSON.parse(
  readFileSync(new URL('wire.json', import.meta.url), 'utf8'),
) as readonly WireFixture[];
