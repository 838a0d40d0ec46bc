import { parseArgs } from 'node:util';

/** How a person wants the soak to run. */
export interface SoakOptions {
  /** Of all runs together. */
  readonly minutes: number;
  readonly seed: number;
  readonly rotations: readonly ('grace' | 'strict')[];
}

export function readOptions(): SoakOptions {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      rotation: { type: 'string', default: 'both' },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes is a number of minutes, not "${values.minutes}".`);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error(`--seed is a whole number, not "${values.seed}".`);
  return { minutes, seed, rotations: rotationsOf(values.rotation) };
}

function rotationsOf(text: string): SoakOptions['rotations'] {
  if (text === 'both') return ['strict', 'grace'];
  if (text === 'strict') return ['strict'];
  if (text === 'overlap') return ['grace'];
  throw new Error(`--rotation is strict, overlap or both, not "${text}".`);
}
