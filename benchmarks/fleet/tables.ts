import { latchkey, latchkeyWithoutJitter } from './latchkey-policy';
import {
  atOnce,
  equalJitter,
  everyFiveSeconds,
  everyMinute,
  everyThreeSeconds,
  exponential,
  fullJitter,
  quickExponential,
  slowExponential,
} from './other-policies';
import type { NamedPolicy } from './policy';
import type { World } from './world';

/** Several policies in one world, or one policy in several. */
export interface Table {
  readonly title: string;
  /** What is different from an outage of a quarter of an hour with renewals spread evenly. */
  readonly world: Partial<World>;
  readonly rows: readonly TableRow[];
  /** What the table shows. */
  readonly reading: string;
}

export interface TableRow {
  readonly name: string;
  readonly policy: NamedPolicy;
  readonly world?: Partial<World>;
}

const named = (policy: NamedPolicy): TableRow => ({ name: policy.name, policy });

const online: Partial<World> = { outage: 0, due: 'appearing' };

export const TABLES: readonly Table[] = [
  {
    title: 'A. An outage of 15 minutes, renewals spread evenly',
    world: {},
    rows: [
      atOnce,
      everyThreeSeconds,
      everyFiveSeconds,
      everyMinute,
      quickExponential,
      slowExponential,
      exponential,
      equalJitter,
      fullJitter,
      latchkeyWithoutJitter,
      latchkey,
    ].map(named),
    reading:
      'Whoever asks again every few seconds asks dozens of times in vain and sends many times what the server can do. Where the renewals are spread ' +
      'already, backing off is what matters: jitter changes the load little, and some wait longer for it.',
  },
  {
    title: 'B. The same outage, all renewals due in its first second',
    world: { due: 'at-once' },
    rows: [
      everyThreeSeconds,
      everyMinute,
      quickExponential,
      slowExponential,
      exponential,
      equalJitter,
      fullJitter,
      latchkeyWithoutJitter,
      latchkey,
    ].map(named),
    reading:
      'Clients that began together and back off without jitter stay together: the server can serve a few thousand in the seconds in which all ask, and ' +
      'has nothing to do in between. With jitter it works all the time until everybody is served.',
  },
  {
    title: 'C. No outage, all clients come online in one second and have to renew',
    world: online,
    rows: [
      ...[exponential, fullJitter, latchkeyWithoutJitter].map(named),
      { name: 'ngx-latchkey, a request waits on each', policy: latchkey, world: { waitedFor: true } },
      { name: 'ngx-latchkey', policy: latchkey },
      { name: '… with Retry-After up to 400 s', policy: latchkey, world: { retryAfter: 400 } },
      { name: '… and 12 % visible', policy: latchkey, world: { retryAfter: 400, visible: 0.12 } },
    ],
    reading:
      'The library spreads the first call over half a minute unless a request waits for it. A server that draws its `Retry-After` saves most of the calls that ' +
      'fail; hidden pages, which do not ask until they are opened, save nearly all of the rest.',
  },
];
