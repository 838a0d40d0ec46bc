import { AuthError } from 'ngx-latchkey/core';
import { jwtServer } from 'ngx-latchkey';
import { isLive } from '../session-record';
import { EngineWorld, type Tab } from '../../../testing-support/engine-world';
import { settle } from '../../../testing-support/fake-clock';
import { json, type Reply } from '../../../testing-support/scripted-server';
import { StrictServer } from '../../../testing-support/strict-server';

const STRICT = jwtServer({ url: 'https://auth.test', rotation: 'strict' });

describe('Faults: several tabs', () => {
  let world: EngineWorld;

  beforeEach(() => {
    world = new EngineWorld();
    world.visible = false;
  });

  const refreshes = (): number => world.server.to('/auth/refresh').length;

  async function twoTabs(): Promise<[Tab, Tab]> {
    const tabs: [Tab, Tab] = [world.tab(), world.tab()];
    await tabs[0].signIn();
    await tabs[1].engine.settled();
    return tabs;
  }

  it('F36 F37: a tab that stands still is robbed of the lock, and its late answer changes nothing', async () => {
    const [stuck, other] = await twoTabs();
    await world.clock.advance(61_000);
    const late = Promise.withResolvers<ReturnType<typeof json>>();
    world.server.willReply(late.promise);
    const robbed = stuck.engine.refresh().catch(() => undefined);
    await settle();
    const token = other.engine.token();
    await world.clock.advance(15_000);
    expect((await token)?.held.token).toMatch(/^access-/);
    expect(other.count('lock-stolen')).toBe(1);
    const kept = await world.store.read();
    late.resolve(world.server.grant());
    await robbed;
    expect(await world.store.read()).toEqual(kept);
    expect(stuck.engine.usable()?.held).toEqual(other.engine.usable()?.held);
    expect(world.server.to('/auth/logout').length).toBe(0);
  });

  it('F37: the late answer of a robbed tab is kept while nobody has another', async () => {
    const [stuck, other] = await twoTabs();
    await world.clock.advance(61_000);
    const late = Promise.withResolvers<ReturnType<typeof json>>();
    world.server.willReply(late.promise, new Promise(() => undefined));
    const robbed = stuck.engine.refresh().catch(() => undefined);
    await settle();
    const token = other.engine.token().catch(() => undefined);
    await world.clock.advance(14_500);
    expect([other.count('lock-stolen'), refreshes()]).toEqual([1, 2]);
    late.resolve(world.server.grant());
    await robbed;
    expect((await token)?.held.token).toMatch(/^access-/);
    expect(JSON.stringify(await world.store.read())).toContain('refresh-2');
    expect([stuck.phase, other.engine.usable()?.held]).toEqual(['fresh', stuck.engine.usable()?.held]);
  });

  it('F36: nobody steals from a tab that is at work', async () => {
    const [slow, other] = await twoTabs();
    await world.clock.advance(61_000);
    void slow.engine.refresh().catch(() => undefined);
    world.server.willReply(new Promise(() => undefined));
    await settle();
    await world.clock.advance(5_000);
    expect(other.count('lock-stolen')).toBe(0);
  });

  it('F36: nobody steals from a tab that has only just begun, however long the turn was waited for', async () => {
    const [, other] = await twoTabs();
    await world.clock.advance(61_000);
    void world.lock.exclusive(() => new Promise(() => undefined), 60_000);
    const token = other.engine.token().catch(() => undefined);
    await world.clock.advance(12_000);
    const attempt = { id: 'of another tab', at: world.clock.now(), lease: false };
    await world.store.change(record => (isLive(record) ? { ...record, attempt } : undefined));
    await world.clock.advance(4_000);
    expect([other.count('lock-stolen'), refreshes()]).toEqual([0, 0]);
    await token;
  });

  it('F36: whoever asked for the turn just before another tab began takes it when the time of that one is over', async () => {
    const [, other] = await twoTabs();
    await world.clock.advance(61_000);
    void world.lock.exclusive(() => new Promise(() => undefined), 60_000);
    const renewed = other.engine.refresh();
    await world.clock.advance(500);
    const attempt = { id: 'of another tab', at: world.clock.now(), lease: false };
    await world.store.change(record => (isLive(record) ? { ...record, attempt } : undefined));
    await world.clock.advance(15_000);
    await expectAsync(renewed).toBeResolved();
    expect([other.count('lock-stolen'), refreshes()]).toEqual([1, 1]);
  });

  for (const sure of [true, false]) {
    const name = sure ? 'F38: tabs that expire together' : 'F40: tabs without Web Locks';
    it(`${name} make one call in each round, on a strict server`, async () => {
      world.lock.sure = sure;
      const server = new StrictServer(world.clock);
      server.latency = 200;
      world.transport = server.transport;
      const tabs = Array.from({ length: 6 }, () => world.tab(STRICT));
      const signedIn = tabs[0]?.signIn();
      await world.clock.advance(1_000);
      await signedIn;
      for (const tab of tabs) await tab.engine.settled();
      for (let round = 1; round <= 100; round += 1) {
        await world.clock.advance(61_000);
        const tokens = Promise.all(tabs.map(tab => tab.engine.token()));
        await world.clock.advance(3_000);
        expect(new Set((await tokens).map(token => token?.generation)).size).toBe(1);
        expect(server.refreshes).toBe(round);
      }
      expect(server.offences).toEqual([]);
    });
  }

  it('F39: who loses the race adopts, and nothing ends', async () => {
    const [winner, loser] = await twoTabs();
    await world.clock.advance(61_000);
    const tokens = Promise.all([winner.engine.token(), loser.engine.token()]);
    await world.clock.advance(100);
    expect((await tokens).map(token => token?.held.token)).toEqual(['access-2', 'access-2']);
    expect([loser.count('ended'), refreshes()]).toEqual([0, 1]);
  });

  it('F39: a refusal is no end where another tab has renewed meanwhile', async () => {
    const [tab] = await twoTabs();
    const refused = Promise.withResolvers<ReturnType<typeof json>>();
    world.server.willReply(refused.promise);
    const refresh = tab.engine.refresh();
    await settle();
    await world.store.change(kept =>
      kept?.ended ? undefined : kept && { ...kept, generation: 2, attempt: undefined },
    );
    refused.resolve(json(401, { error: 'invalid_grant' }));
    await refresh;
    expect([tab.engine.usable()?.generation, tab.count('ended')]).toEqual([2, 0]);
  });

  it('F43: of thirty tabs the one that is seen renews, and the hidden ones have no timer', async () => {
    const tabs = Array.from({ length: 30 }, () => world.tab());
    await tabs[0]?.signIn();
    for (const tab of tabs) await tab.engine.settled();
    await world.clock.advance(3_600_000);
    expect(refreshes()).toBe(0);
    expect(world.clock.pending).toBe(0);
    const tokens = Promise.all(tabs.map(tab => tab.engine.token()));
    await world.clock.advance(200);
    expect((await tokens).every(token => token?.generation === 2)).toBe(true);
    expect(refreshes()).toBe(1);
  });

  it('F52: an attempt that was cut off is repeated at once on a server with an overlap', async () => {
    const [gone, next] = await twoTabs();
    await cutOff(gone);
    await next.engine.refresh();
    expect(next.engine.usable()?.generation).toBe(2);
  });

  it('F52: on a strict server it is not repeated while the token serves, and then once', async () => {
    const gone = world.tab(STRICT);
    await gone.signIn();
    const next = world.tab(STRICT);
    await next.engine.settled();
    await cutOff(gone);
    await next.engine.refresh().catch(() => undefined);
    expect([next.phase, refreshes()]).toEqual(['in-doubt', 1]);
    await world.clock.advance(40_000);
    expect(refreshes()).toBe(1);
    await world.clock.advance(20_000);
    world.server.willReply(json(401, { error: 'invalid_grant' }));
    await expectAsync(next.engine.token()).toBeRejectedWithError(AuthError, /session-ended/);
    expect([next.engine.state().endReason, refreshes()]).toEqual(['lost-response', 2]);
  });

  it('F52: a refusal after an answer that was lost is told from any other', async () => {
    const tab = world.tab(STRICT);
    await tab.signIn();
    world.server.willReply('network-error', json(401, { error: 'invalid_grant' }));
    await tab.engine.refresh().catch(() => undefined);
    await world.clock.advance(61_000);
    await tab.engine.token().catch(() => undefined);
    expect(tab.engine.state().endReason).toBe('lost-response');
  });

  it('F52: with an overlap, a renewal whose answer was lost is made good in a quarter of a minute, seen or not', async () => {
    const [tab] = await twoTabs();
    world.server.willReply('network-error');
    await tab.engine.refresh().catch(() => undefined);
    await world.clock.advance(15_100);
    expect([refreshes(), tab.engine.usable()?.generation]).toEqual([2, 2]);
  });

  it('F52: with an overlap, another tab makes good what a page took with it, seen or not', async () => {
    const [gone, next] = await twoTabs();
    await cutOff(gone);
    await world.clock.advance(15_100);
    expect([refreshes(), next.engine.usable()?.generation]).toEqual([2, 2]);
  });

  /** The tab dies between the request and its answer. */
  async function cutOff(tab: Tab): Promise<void> {
    const never: Reply = new Promise(() => undefined);
    world.server.willReply(never);
    void tab.engine.refresh();
    await settle();
    tab.engine.dispose();
    world.lock.release();
  }

  it('F81: two engines on one key attach to one session', async () => {
    const [one, other] = await twoTabs();
    one.engine.start();
    await world.clock.advance(61_000);
    const tokens = Promise.all([one.engine.token(), other.engine.token(), one.engine.token()]);
    await world.clock.advance(100);
    await tokens;
    expect(refreshes()).toBe(1);
  });
});
