import fc from 'fast-check';
import type { Action, Command, Script, Setup } from '../world/command';
import type { StorageTrouble } from '../world/database';
import { TROUBLES } from '../world/network';

const HOUR = 3_600_000;
const tab = fc.nat(3);
const user = fc.constantFrom('ada', 'ada', 'grace');

function action<Name extends Action['do']>(
  name: Name,
  weight: number,
  details: {
    [Key in Exclude<keyof Extract<Action, { do: Name }>, 'do'>]: fc.Arbitrary<
      Extract<Action, { do: Name }>[Key]
    >;
  },
): fc.WeightedArbitrary<Command> {
  const then = fc.constantFrom(0, 1, 10, 100, 1_500, 6_000, 11_000, 20_000, 61_000, 400_000);
  const arbitrary = fc.record({ do: fc.constant(name), ...details, then });
  return { arbitrary: arbitrary as fc.Arbitrary<Command>, weight };
}

/** The API, and what looks like it. */
const PLACES = [
  'https://api.test/orders',
  'https://api.test.evil.test/orders',
  'https://evil.test/?https://api.test/',
  'https://api.test@evil.test/orders',
  'https://user@api.test/orders',
  'http://api.test/orders',
  '//api.test.evil.test/',
  'https://api.test:8443/orders',
  '/api.test/orders',
];

const commands: fc.WeightedArbitrary<Command>[] = [
  action('request', 12, { tab, times: fc.constantFrom(1, 1, 2, 5), ahead: fc.constantFrom(0, 0, 60_000) }),
  action('sign in', 5, { tab, user }),
  action('visit', 2, { tab, url: fc.constantFrom(...PLACES) }),
  action('refresh', 4, { tab }),
  action('reject', 4, { tab, proven: fc.boolean() }),
  action('trouble', 8, { trouble: fc.constantFrom(...TROUBLES), times: fc.constantFrom(1, 1, 3) }),
  action('sign out', 2, { tab }),
  action('show or hide', 3, { tab }),
  action('freeze', 3, { tab, politely: fc.boolean() }),
  action('thaw', 4, { tab }),
  action('crash', 1, { tab }),
  action('reload', 2, { tab }),
  action('open', 2, {}),
  action('sleep', 1, { span: fc.constantFrom(5_000, 120_000, 9 * HOUR) }),
  action('set the clock', 1, { ahead: fc.constantFrom(3 * HOUR, -3 * HOUR, 20_000, -20_000) }),
  action('go offline or online', 2, {}),
  action('latency', 2, { latency: fc.constantFrom(0, 20, 400, 2_500, 5_500) }),
  action('revoke', 1, { user }),
  action('forget access tokens', 2, {}),
  action('reject all tokens', 1, { all: fc.boolean() }),
  action('storage', 2, {
    trouble: fc.constantFrom<StorageTrouble | null>('quota', 'unknown', 'silent', null, null, null),
  }),
];

const setup: fc.Arbitrary<Setup> = fc.record({
  seed: fc.nat(1_000_000),
  tabs: fc.integer({ min: 1, max: 4 }),
  renewable: fc.constantFrom(...Array<boolean>(19).fill(true), false),
  rotation: fc.constantFrom('strict' as const, 'grace' as const),
  life: fc.constantFrom(60, 60, 5, 20, 900, null),
  delivery: fc.constantFrom('prompt' as const, 'late' as const, 'unreliable' as const, 'none' as const),
  locks: fc.constantFrom(true, true, true, false),
  clockAhead: fc.constantFrom(0, 0, 2 * HOUR, -2 * HOUR),
  slowness: fc.constantFrom(0, 5, 60),
  latency: fc.constantFrom(20, 20, 0, 1_000),
});

/** Worlds in which something is going on: somebody has signed in at least. */
export function scripts(): fc.Arbitrary<Script> {
  const first: Command = { do: 'sign in', tab: 0, user: 'ada', then: 3_000 };
  return fc
    .tuple(setup, fc.array(fc.oneof(...commands), { maxLength: 40, size: 'max' }))
    .map(([start, list]) => ({ setup: start, commands: [first, ...list] }));
}
