import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Transition {
  readonly id: string;
  readonly from: string;
  readonly input: string;
  readonly to: string;
}

const LIST = new URL('../../ngx-latchkey/core/session/transitions.ts', import.meta.url);

/** The transitions that the engine's own list names; none as long as there is no list. */
export async function knownTransitions(): Promise<readonly string[]> {
  if (!existsSync(fileURLToPath(LIST))) return [];
  const { TRANSITIONS } = (await import(LIST.href)) as { readonly TRANSITIONS: readonly Transition[] };
  return TRANSITIONS.map(({ from, input, to }) => `${from} --${input}--> ${to}`);
}
