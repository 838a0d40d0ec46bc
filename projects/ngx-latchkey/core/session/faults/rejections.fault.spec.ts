import { EngineWorld, type Tab } from '../../../testing-support/engine-world';
import { json } from '../../../testing-support/scripted-server';

describe('Faults: tokens that an API rejects', () => {
  let world: EngineWorld;
  let tab: Tab;

  beforeEach(async () => {
    world = new EngineWorld();
    tab = world.tab();
    await tab.signIn();
  });

  const reject = (generation: number, proven = true, replayed = false) =>
    tab.engine.rejected({ sid: 'session-1', generation, proven, replayed });
  const refreshes = (): number => world.server.to('/auth/refresh').length;

  it('F01: a hundred rejections cost one renewal and give a hundred new tokens', async () => {
    const tokens = Promise.all(Array.from({ length: 100 }, () => reject(1)));
    await world.clock.advance(200);
    expect((await tokens).map(token => token?.held.token)).toEqual(Array(100).fill('access-2'));
    expect([refreshes(), world.lock.turns]).toEqual([1, 1]);
  });

  it('F02: the late answer to an old token is replayed with the new one, without a renewal', async () => {
    await tab.engine.refresh();
    expect((await reject(1))?.held.token).toBe('access-2');
    expect(refreshes()).toBe(1);
  });

  it('F02: where no other token can be had, the request is not sent again', async () => {
    world.server.willReply(json(503, {}));
    expect(await reject(1)).toBeNull();
  });

  it('F03: an API that rejects everything gets one renewal in half a minute', async () => {
    world.visible = false;
    await reject(1);
    expect(await reject(2, true, true)).toBeNull();
    for (let count = 0; count < 29; count += 1) {
      expect(await reject(2)).toBeNull();
      await world.clock.advance(1_000);
    }
    expect([refreshes(), tab.count('rejected-fresh-token')]).toEqual([1, 1]);
  });

  it('F03: whatever APIs say, there are at most ten renewals in five minutes, in all tabs together', async () => {
    world.visible = false;
    const other = world.tab();
    await other.engine.settled();
    for (let second = 0; second < 300; second += 1) {
      for (const { engine } of [tab, other]) {
        const token = engine.usable();
        if (token) void engine.rejected({ ...token, proven: true, replayed: false });
      }
      await world.clock.advance(1_000);
    }
    expect(refreshes()).toBeGreaterThan(3);
    expect(refreshes()).toBeLessThanOrEqual(10);
    expect(tab.count('too-many-renewals')).toBeGreaterThan(0);
  });

  it('F04: a rejection that cannot be read counts only for a token that is not young', async () => {
    expect(await reject(1, false)).toBeNull();
    expect(refreshes()).toBe(0);
    world.visible = false;
    await world.clock.advance(31_000);
    expect((await reject(1, false))?.held.token).toBe('access-2');
  });

  it('F06: callers that are gone do not stop the renewal', async () => {
    world.visible = false;
    await world.clock.advance(61_000);
    const answer = Promise.withResolvers<ReturnType<typeof json>>();
    world.server.willReply(answer.promise);
    const asked = Promise.all(Array.from({ length: 40 }, () => tab.engine.token()));
    await world.clock.advance(2_000);
    answer.resolve(world.server.grant());
    await world.clock.advance(100);
    expect(new Set((await asked).map(token => token?.generation))).toEqual(new Set([2]));
    expect(refreshes()).toBe(1);
  });

  it('F67: a request of a suspended session waits or fails, and never goes on without a token', async () => {
    world.visible = false;
    await world.clock.advance(61_000);
    world.server.willReply(...Array.from({ length: 9 }, () => json(503, {})));
    const token = expectAsync(tab.engine.token()).toBeRejectedWithError(/temporarily-unavailable/);
    await world.clock.advance(15_000);
    await token;
  });
});
