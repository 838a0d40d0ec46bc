import { parseArgs } from 'node:util';
import { BARE, readPeers, type Peer } from './peer';
import { SCENARIOS } from './scenarios/scenarios';
import type { Scenario } from './scenarios/scenario';

export interface Options {
  readonly peers: readonly Peer[];
  readonly scenarios: readonly Scenario[];
  /** Whether sizes and costs are measured. */
  readonly measures: boolean;
  readonly write: boolean;
  /** Nothing is run: the page is written from what the last whole run found. */
  readonly again: boolean;
}

/** Ends the process with a sentence when they make no sense. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      scenarios: { type: 'string' },
      write: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
    },
  });
  const peers = readPeers();
  const named = values.only?.split(',');
  const asked = values.scenarios?.split(',');
  refuseUnknown(
    'only',
    named,
    peers.map(({ name }) => name),
  );
  refuseUnknown('scenarios', asked, ['measures', ...SCENARIOS.map(({ name }) => name)]);
  if (values.write && (named ?? asked) !== undefined) refuse('--write goes with a whole run only.');
  const measures = asked === undefined || asked.includes('measures');
  return {
    peers: peers.filter(({ name }) => (name === BARE ? measures : (named?.includes(name) ?? true))),
    scenarios: SCENARIOS.filter(({ name }) => asked?.includes(name) ?? true),
    measures,
    write: values.write || values.again,
    again: values.again,
  };
}

function refuseUnknown(option: string, given: readonly string[] | undefined, known: readonly string[]): void {
  const unknown = given?.find(name => !known.includes(name));
  if (unknown !== undefined) refuse(`--${option} does not know ${unknown}. It knows ${known.join(', ')}.`);
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
