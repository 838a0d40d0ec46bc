import { AuthError } from 'ngx-latchkey/core';
import { EngineWorld, type Tab } from '../../../testing-support/engine-world';
import { settle } from '../../../testing-support/fake-clock';
import { html, json, type Reply } from '../../../testing-support/scripted-server';

const NEVER: Reply = new Promise(() => undefined);

describe('Faults: a server in trouble', () => {
  let world: EngineWorld;
  let tab: Tab;

  beforeEach(async () => {
    world = new EngineWorld();
    tab = world.tab();
    await tab.signIn();
  });

  const refreshes = (): number => world.server.to('/auth/refresh').length;

  async function expire(): Promise<void> {
    world.visible = false;
    await world.clock.advance(61_000);
  }

  it('F07: requests that wait end with a typed error and the session stays', async () => {
    await expire();
    world.server.willReply(...Array.from({ length: 9 }, () => json(503, {})));
    const waiting = Array.from({ length: 50 }, () => tab.engine.token());
    const results = Promise.allSettled(waiting);
    await world.clock.advance(15_200);
    for (const result of await results) {
      expect(result.status === 'rejected' && (result.reason as AuthError).code).toBe(
        'temporarily-unavailable',
      );
    }
    expect(tab.engine.state().record).not.toBeNull();
  });

  it('F08: a thousand wait and the rest fails at once', async () => {
    await expire();
    world.server.willReply(NEVER);
    let refused = 0;
    for (let count = 0; count < 5_000; count += 1) {
      tab.engine.token().catch((error: unknown) => {
        if (error instanceof AuthError && error.code === 'too-many-waiting') refused += 1;
      });
    }
    await settle();
    expect(refused).toBe(4_000);
  });

  for (const [name, headers, least] of [
    ['exposed', { 'retry-after': '60' }, 60_000],
    ['not exposed', {}, 10_000],
  ] as const) {
    it(`F13: a 429 whose Retry-After is ${name} is waited out`, async () => {
      await expire();
      world.visible = true;
      world.server.willReply(json(429, {}, headers));
      await tab.engine.refresh().catch(() => undefined);
      world.wake();
      await world.clock.advance(least - 1);
      expect(refreshes()).toBe(1);
      await world.clock.advance(30_000);
      expect([refreshes(), tab.phase, tab.count('ended')]).toEqual([2, 'fresh', 0]);
    });
  }

  for (const status of [500, 503]) {
    it(`F14: a ${String(status)} keeps the refresh token, and the second try succeeds`, async () => {
      await expire();
      world.server.willReply(json(status, {}));
      const token = tab.engine.token();
      await world.clock.advance(12_000);
      expect((await token)?.held.token).toBe('access-2');
      expect(refreshes()).toBe(2);
    });
  }

  for (const status of [400, 403, 407]) {
    it(`F15: five times ${String(status)} with HTML of a proxy suspends the session, which recovers`, async () => {
      await expire();
      world.visible = true;
      world.server.willReply(...Array.from({ length: 5 }, () => html(status)));
      await tab.engine.refresh().catch(() => undefined);
      expect(tab.phase).toBe('suspended');
      await world.clock.advance(600_000);
      expect([tab.phase, tab.count('ended')]).toEqual(['fresh', 0]);
    });
  }

  it('F16: a captive portal passes', async () => {
    await expire();
    world.server.willReply(html(200));
    const token = tab.engine.token();
    await world.clock.advance(12_000);
    expect((await token)?.held.token).toBe('access-2');
  });

  it('F18: an endpoint that never answers is given up, and the token is used as long as it can be', async () => {
    const unanswered = Promise.withResolvers<never>();
    world.server.willReply(unanswered.promise);
    await world.clock.advance(46_000);
    expect(tab.engine.usable()?.held.token).toBe('access-1');
    unanswered.reject(new AuthError({ failure: 'not-now', code: 'no-answer' }));
    await settle();
    expect(tab.phase).toBe('degraded');
    world.server.willReply(json(503, {}), json(503, {}));
    await world.clock.advance(15_000);
    expect(tab.phase).toBe('suspended');
  });

  it('F18: an answer is waited for no longer than ten seconds', async () => {
    const deadlines: number[] = [];
    const { transport } = world;
    world.transport = (request, deadline) => {
      deadlines.push(deadline);
      return transport(request, deadline);
    };
    await tab.engine.refresh();
    expect(deadlines).toEqual([10_000]);
  });

  it('F61: a token of 64 kB is kept, used and renewed like any other', async () => {
    const accessToken = 'x'.repeat(65_536);
    world.server.willReply(world.server.grant({ accessToken }));
    await tab.engine.refresh();
    expect(tab.engine.usable()?.held.token).toBe(accessToken);
    await tab.engine.refresh();
    expect(tab.engine.usable()?.generation).toBe(3);
  });

  it('F78: a thousand renewals leave no timer behind', async () => {
    await tab.engine.refresh();
    const { pending } = world.clock;
    for (let count = 0; count < 1_000; count += 1) await tab.engine.refresh();
    expect([world.clock.pending, refreshes()]).toEqual([pending, 1_001]);
  });

  it('F19: a refusal ends the session once, in all tabs', async () => {
    const other = world.tab();
    await other.engine.settled();
    world.server.willReply(json(401, { error: 'invalid_grant' }));
    await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
    await world.clock.advance(1_000);
    expect([tab.count('ended'), other.count('ended')]).toEqual([1, 1]);
    expect(other.engine.state().endReason).toBe('refused');
  });

  for (const error of ['invalid_client', 'unauthorized_client']) {
    it(`F20: ${error} keeps the session and is tried at most once a minute`, async () => {
      await expire();
      world.visible = true;
      world.server.willReply(...Array.from({ length: 99 }, () => json(400, { error })));
      await tab.engine.refresh().catch(() => undefined);
      await world.clock.advance(600_000);
      expect(refreshes()).toBeLessThanOrEqual(15);
      expect(tab.count('ended')).toBe(0);
    });
  }

  it('F21: an answer without a refresh token keeps the old one', async () => {
    world.server.willReply(json(200, { accessToken: 'next', expiresIn: 60 }));
    await tab.engine.refresh();
    expect(tab.engine.state().record?.held.secret).toBe('refresh-1');
  });

  it('F22: an opaque token of unknown life is used until it is rejected', async () => {
    world.server.willReply(json(200, { accessToken: 'opaque', refreshToken: 'r' }));
    await tab.engine.refresh();
    await world.clock.advance(3_600_000);
    expect([refreshes(), tab.engine.usable()?.held.token]).toEqual([1, 'opaque']);
  });

  for (const expiresIn of [0, -1, '3600', 1e15, NaN]) {
    it(`F23: expires_in ${String(expiresIn)} causes no loop`, async () => {
      world.server.willReply(world.server.grant({ expiresIn }));
      await tab.engine.refresh();
      await world.clock.advance(60_000);
      expect(tab.engine.usable()).not.toBeNull();
      expect(refreshes()).toBe(1);
    });
  }

  for (const expiresIn of [5, 20]) {
    it(`F24: a life of ${String(expiresIn)} s costs at most one renewal in ten seconds`, async () => {
      world.server.willReply(...Array.from({ length: 20 }, () => world.server.grant({ expiresIn })));
      await tab.engine.refresh();
      await world.clock.advance(100_000);
      expect(refreshes()).toBeLessThanOrEqual(11);
      const token = tab.engine.token();
      await settle();
      expect(await token).not.toBeNull();
    });
  }

  it('F25: a life of sixty days does not fire at once', async () => {
    world.server.willReply(world.server.grant({ expiresIn: 60 * 86_400 }));
    await tab.engine.refresh();
    await world.clock.advance(600_000);
    expect(refreshes()).toBe(1);
  });

  it('F26: three times unreachable suspends, and success recovers', async () => {
    await expire();
    world.visible = true;
    world.server.willReply('network-error', 'network-error', 'network-error');
    await tab.engine.refresh().catch(() => undefined);
    expect(tab.phase).toBe('suspended');
    await world.clock.advance(120_000);
    expect([tab.phase, tab.count('refresh-failed')]).toEqual(['fresh', 3]);
  });

  /** A moment as a server's headers write it, by a clock that is so many milliseconds ahead. */
  const written = (ahead: number): string => new Date(world.clock.now() + ahead).toUTCString();
  const HOUR = 3_600_000;

  for (const [name, ahead] of [
    ['right', 0],
    ['two hours ahead', 2 * HOUR],
    ['two hours slow', -2 * HOUR],
  ] as const) {
    it(`F13: a Retry-After that is a date, of a server whose clock is ${name}, is waited out, and no longer`, async () => {
      await expire();
      world.visible = true;
      const headers = { 'retry-after': written(ahead + 60_000), date: written(ahead) };
      world.server.willReply(json(429, {}, headers));
      await tab.engine.refresh().catch(() => undefined);
      world.wake();
      await world.clock.advance(58_000);
      expect(refreshes()).toBe(1);
      await world.clock.advance(32_000);
      expect([refreshes(), tab.phase]).toEqual([2, 'fresh']);
    });
  }

  it('F13: a Retry-After that is a date is told to the caller in seconds', async () => {
    const wishes = [
      { 'retry-after': written(90_000), date: written(0) },
      { 'retry-after': written(-90_000), date: written(0) },
      // Whose clock it is by, nobody knows.
      { 'retry-after': written(90_000) },
    ];
    world.server.willReply(...wishes.map(headers => json(429, {}, headers)));
    for (const seconds of [90, undefined, undefined]) {
      const failure = await tab.signIn().catch((error: unknown) => error);
      expect((failure as AuthError).code).toBe('rate-limited');
      expect((failure as AuthError).retryAfter).toBe(seconds);
    }
  });

  for (const after of [
    '0',
    '-5',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    '1000000000',
    'soon',
    'GMT',
  ]) {
    it(`F85: a Retry-After of ${after} is kept within bounds`, async () => {
      await expire();
      world.visible = true;
      world.server.willReply(json(503, {}, { 'retry-after': after, date: written(0) }));
      await tab.engine.refresh().catch(() => undefined);
      await world.clock.advance(9_000);
      expect(refreshes()).toBe(1);
      await world.clock.advance(4_320_000);
      expect(tab.phase).not.toBe('suspended');
    });
  }
});
