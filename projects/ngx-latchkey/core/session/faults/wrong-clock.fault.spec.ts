import { EngineWorld, type Tab } from '../../../testing-support/engine-world';
import { settle } from '../../../testing-support/fake-clock';

const HOUR = 3_600_000;

describe('Faults: clocks', () => {
  let world: EngineWorld;
  let tab: Tab;

  beforeEach(() => {
    world = new EngineWorld();
    tab = world.tab();
  });

  const refreshes = (): number => world.server.to('/auth/refresh').length;
  /** A JWT by the server's clock, which the local one is ahead of. */
  const tokenFor = (ahead: number, claims: Record<string, unknown> = {}): string => {
    const iat = Math.floor((world.clock.now() - ahead) / 1_000);
    return `e30.${btoa(JSON.stringify({ iat, exp: iat + 60, ...claims })).replace(/=+$/, '')}.c2ln`;
  };

  it('F27: ten minutes offline cost one renewal within half a minute, and no logout', async () => {
    world.random = 0.9;
    await tab.signIn();
    world.online = false;
    await world.clock.advance(600_000);
    expect(refreshes()).toBe(0);
    world.online = true;
    world.wake();
    await world.clock.advance(30_000);
    expect([refreshes(), tab.phase, tab.count('ended')]).toEqual([1, 'fresh', 0]);
  });

  it('F29: after a night asleep thirty requests cost one renewal, and none goes out with the old token', async () => {
    await tab.signIn();
    world.clock.jump(9 * HOUR);
    expect(tab.engine.usable()).toBeNull();
    const tokens = Promise.all(Array.from({ length: 30 }, () => tab.engine.token()));
    world.wake();
    await world.clock.advance(100);
    expect(new Set((await tokens).map(token => token?.held.token))).toEqual(new Set(['access-2']));
    expect(refreshes()).toBe(1);
  });

  for (const jump of [3 * HOUR, -3 * HOUR]) {
    it(`F30: a clock that jumps by ${String(jump / HOUR)} h causes no storm and no logout`, async () => {
      await tab.signIn();
      world.clock.jump(jump);
      world.wake();
      await world.clock.advance(240_000);
      expect(refreshes()).toBeLessThanOrEqual(6);
      expect(tab.count('ended')).toBe(0);
      expect(await tab.engine.token()).not.toBeNull();
    });
  }

  it('F30: a failure noted before the clock was set back does not stop the renewals for hours', async () => {
    await tab.signIn();
    world.server.willReply('network-error');
    await tab.engine.refresh().catch(() => undefined);
    world.clock.jump(-3 * HOUR);
    world.visible = false;
    await world.clock.advance(1_000);
    await tab.engine.refresh();
    expect(refreshes()).toBe(2);
  });

  for (const ahead of [2 * HOUR, -2 * HOUR]) {
    it(`F31 F32: a clock ${String(ahead / HOUR)} h wrong renews once in a token's life`, async () => {
      const grants = Array.from({ length: 9 }, () => ({ accessToken: '', expiresIn: undefined }));
      for (const grant of grants) grant.accessToken = tokenFor(ahead);
      world.server.willReply(...grants.map(grant => world.server.grant(grant)));
      await tab.signIn();
      expect(tab.phase).toBe('fresh');
      await world.clock.advance(300_000);
      expect(refreshes()).toBeLessThanOrEqual(7);
      expect(tab.count('ended')).toBe(0);
    });
  }

  it('F32: a token that looks valid and is rejected is renewed, and then ahead of time again', async () => {
    await tab.signIn();
    world.clock.jump(-2 * HOUR);
    const fresh = await tab.engine.rejected({
      sid: 'session-1',
      generation: 1,
      proven: true,
      replayed: false,
    });
    expect(fresh?.held.token).toBe('access-2');
    await world.clock.advance(46_000);
    expect(refreshes()).toBe(2);
  });

  it('F31: a JWT without iat is measured by the time of the server, where its Date can be read', async () => {
    const ahead = 2 * HOUR;
    const exp = Math.floor((world.clock.now() - ahead) / 1_000) + 60;
    const accessToken = tokenFor(ahead, { iat: undefined, exp });
    const date = new Date(world.clock.now() - ahead).toUTCString();
    const grant = world.server.grant({ accessToken, expiresIn: undefined });
    world.server.willReply({ ...grant, headers: { date } });
    await tab.signIn();
    const life = tab.engine.state().record?.life ?? 0;
    expect(Math.abs(life - 60_000)).toBeLessThan(2_000);
    expect(tab.count('clock-skew')).toBe(1);
  });

  it('F31: a token of a renewal lasts as long as it lives, however wrong the clock is by the server', async () => {
    await tab.signIn();
    for (const ahead of [2 * HOUR, -2 * HOUR]) {
      const date = new Date(world.clock.now() - ahead).toUTCString();
      world.server.willReply({ ...world.server.grant(), headers: { date } });
      await tab.engine.refresh();
      const { receivedAt } = tab.engine.state().record ?? { receivedAt: 0 };
      expect([tab.phase, receivedAt]).toEqual(['fresh', world.clock.now()]);
    }
  });

  it('F33: an iat or nbf of the future is no reason to reject a renewal', async () => {
    await tab.signIn();
    const now = Math.floor(world.clock.now() / 1_000) + 600;
    world.server.willReply(
      world.server.grant({ accessToken: tokenFor(0, { iat: now, nbf: now, exp: now + 60 }) }),
    );
    await tab.engine.refresh();
    expect(tab.phase).toBe('fresh');
  });

  it('F34: no token is taken for a sample of the time of the server', async () => {
    world.server.willReply(world.server.grant({ accessToken: tokenFor(HOUR), expiresIn: 60 }));
    await tab.signIn();
    await settle();
    expect(tab.count('clock-skew')).toBe(0);
  });

  it('F76: renewals of sessions born together are spread over a tenth of the life', async () => {
    const moments: number[] = [];
    for (const random of [0, 0.25, 0.5, 0.75, 0.999]) {
      const born = new EngineWorld();
      born.random = random;
      await born.tab().signIn();
      const start = born.clock.now();
      while (born.server.to('/auth/refresh').length === 0) await born.clock.advance(100);
      moments.push(born.clock.now() - start);
    }
    expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThanOrEqual(5_900);
  });
});
