import { renewalDue } from '../../projects/ngx-latchkey/core/session/schedule';
import { latchkey, latchkeyWithoutJitter } from './latchkey-policy';
import { seededRandom } from './seeded-random';
import { simulate } from './simulate';
import { tokenRecord } from './token-record';
import { worldOf } from './world';

const MINUTE = 60_000;

describe('The fleet', () => {
  describe('after an outage of 15 minutes', () => {
    // With fewer, the most calls in a second would be a matter of luck.
    const clients = 300_000;
    const fewer = 50_000;
    const outage = 15 * 60;
    const end = 25 * MINUTE;

    it('F75 U: renewals spread evenly recover within eight minutes and do not press the server', () => {
      const measures = simulate(worldOf(clients, { end }), latchkey, 75);
      expect(measures.peak(60)).toBeLessThanOrEqual(1.5 * worldOf(clients).capacity);
      expect(measures.recovery.within(8 * 60)).toBeGreaterThanOrEqual(0.99);
      expect(measures.failures()).toBeLessThanOrEqual(3 * clients);
      // A quarter of the clients had to renew in it at least, or nothing was tried.
      expect(measures.recovery.affected()).toBeGreaterThan(clients / 4);
    });

    it('F75 U: clients that are all due in its first second recover within eight minutes', () => {
      const measures = simulate(worldOf(fewer, { due: 'at-once', end }), latchkey, 75);
      expect(measures.recovery.affected()).toBe(fewer);
      expect(measures.recovery.within(8 * 60)).toBeGreaterThanOrEqual(0.99);
      expect(measures.peak(outage)).toBeLessThanOrEqual(2.5 * worldOf(fewer).capacity);
    });

    it('F75 U: clients that began together do not stay together', () => {
      const measures = simulate(worldOf(fewer, { due: 'at-once', end: outage * 1_000 }), latchkey, 75);
      expect(measures.peak(90)).toBeLessThanOrEqual(0.04 * fewer);
    });

    it('does not recover without jitter, so that these worlds can tell', () => {
      const measures = simulate(worldOf(fewer, { due: 'at-once', end }), latchkeyWithoutJitter, 75);
      expect(measures.recovery.within(Infinity)).toBeLessThan(0.5);
    });
  });

  for (const minutes of [5, 15, 45, 60]) {
    it(`F76 U: 100 000 tokens of ${minutes} minutes from one second are not renewed together`, () => {
      const life = minutes * MINUTE;
      const random = seededRandom(76);
      const sessions = 100_000;
      const perSecond = new Map<number, number>();
      let earliest = Infinity;
      let latest = 0;
      for (let session = 0; session < sessions; session++) {
        const due = renewalDue(tokenRecord(random() * 1_000, life), random());
        earliest = Math.min(earliest, due);
        latest = Math.max(latest, due);
        const second = Math.floor(due / 1_000);
        perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
      }
      expect(latest - earliest).toBeGreaterThanOrEqual(0.1 * life);
      expect(latest).toBeLessThan(life);
      // A span of a tenth has too few seconds for half a percent where tokens live less than 34 minutes.
      const evenly = 1_000 / (0.1 * life);
      expect(Math.max(...perSecond.values()) / sessions).toBeLessThanOrEqual(Math.max(0.005, 1.15 * evenly));
    });
  }
});
