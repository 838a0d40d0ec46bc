import { renewalDue } from '../../projects/ngx-latchkey/core/session/schedule';
import type { NamedPolicy } from './policy';
import { tokenRecord } from './token-record';

/** Seconds to wait after so many failures in a row. */
type BackOff = (failures: number, random: () => number) => number;

/** Clients that renew when the library does, and after a failure try again as others do. They do not read `Retry-After`. */
function backingOff(name: string, backOff: BackOff): NamedPolicy {
  return {
    name,
    create({ clients, life }, random) {
      const failures = new Uint16Array(clients);
      return {
        appear: (_client, now) => now,
        fail(client, now) {
          const count = (failures[client] ?? 0) + 1;
          failures[client] = count;
          return now + backOff(count, random) * 1_000;
        },
        receive(client, now) {
          failures[client] = 0;
          return renewalDue(tokenRecord(now, life), random());
        },
      };
    },
  };
}

const bound = (failures: number): number => Math.min(300, 2 ** failures);

export const atOnce = backingOff('at once (every second)', () => 1);
export const everyThreeSeconds = backingOff('fixed, 3 s', () => 3);
export const everyFiveSeconds = backingOff('fixed, 5 s', () => 5);
export const everyMinute = backingOff('fixed, 60 s', () => 60);
export const slowExponential = backingOff('exponential, 30 s to 16 min', failures =>
  Math.min(960, 30 * 2 ** (failures - 1)),
);
export const quickExponential = backingOff('exponential, 3 s to 50 s', failures =>
  Math.min(50, 3 * 1.55 ** (failures - 1)),
);
export const exponential = backingOff('exponential, 2 s to 300 s', bound);
export const equalJitter = backingOff(
  'equal jitter, 2 s to 300 s',
  (failures, random) => (bound(failures) * (1 + random())) / 2,
);
// A second at least: nobody asks again before the answer is there.
export const fullJitter = backingOff('full jitter, 2 s to 300 s', (failures, random) =>
  Math.max(1, bound(failures) * random()),
);
