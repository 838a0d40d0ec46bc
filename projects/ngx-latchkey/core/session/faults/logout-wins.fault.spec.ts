import { AuthError, type AuthUser, type JsonObject } from 'ngx-latchkey/core';
import { jwtServer } from 'ngx-latchkey';
import { EngineWorld, type Tab } from '../../../testing-support/engine-world';
import { settle } from '../../../testing-support/fake-clock';
import { json } from '../../../testing-support/scripted-server';

const GRACE_HOPPER = { id: '2', name: 'Grace' };

describe('Faults: logouts and other users', () => {
  let world: EngineWorld;
  let tab: Tab;

  beforeEach(async () => {
    world = new EngineWorld();
    tab = world.tab();
    await tab.signIn();
  });

  const kept = async (): Promise<string> => JSON.stringify(await world.store.read());
  const refreshes = (): number => world.server.to('/auth/refresh').length;

  for (const where of ['the same tab', 'another tab']) {
    const id = where === 'the same tab' ? 'F44' : 'F45';
    it(`${id}: a logout in ${where} wins over a renewal that is under way`, async () => {
      const other = world.tab();
      await other.engine.settled();
      const answer = Promise.withResolvers<ReturnType<typeof json>>();
      world.server.willReply(answer.promise);
      const refresh = tab.engine.refresh().catch((error: unknown) => error);
      await settle();
      const logout = (id === 'F44' ? tab : other).engine.end('user');
      await settle();
      expect([tab.engine.usable(), other.engine.usable()]).toEqual([null, null]);
      answer.resolve(world.server.grant());
      await Promise.all([refresh, logout]);
      await settle();
      expect(await kept()).not.toMatch(/access|refresh-/);
      const revoked = world.server.to('/auth/logout').map((request): unknown => request.json);
      expect(revoked).toContain({ refreshToken: 'refresh-2' });
    });
  }

  it('F44: what was read just before the logout does not bring the session back', async () => {
    const before = await world.store.read();
    const late = Promise.withResolvers<typeof before>();
    const { store } = world;
    world.store = { read: () => late.promise, change: decide => store.change(decide) };
    world.wake();
    await tab.engine.end('user');
    late.resolve(before);
    await settle();
    expect([tab.phase, tab.engine.usable()]).toEqual(['ended', null]);
  });

  it('F49: a request that waits is not given the token of whoever signs in meanwhile', async () => {
    world.visible = false;
    await world.clock.advance(61_000);
    world.server.willReply('network-error');
    const waiting = tab.engine.token().catch((error: unknown) => error);
    await settle();
    world.server.willReply(world.server.grant({ user: GRACE_HOPPER }));
    await tab.signIn();
    expect(await waiting).toEqual(jasmine.objectContaining({ code: 'session-ended' }));
  });

  it('F46: a logout while the server is down is one at once, and leaves no token', async () => {
    const other = world.tab();
    await other.engine.settled();
    world.server.willReply('network-error');
    const logout = tab.engine.end('user');
    await settle();
    expect([tab.engine.usable(), other.engine.usable()]).toEqual([null, null]);
    expect(await kept()).not.toMatch(/access|refresh-/);
    await logout;
    expect([tab.phase, tab.count('logout-not-confirmed')]).toEqual(['ended', 1]);
  });

  it('F46: where the server keeps a cookie, it hears of the logout at the next start', async () => {
    const byCookie = jwtServer({ url: 'https://auth.test', refreshToken: 'cookie' });
    world = new EngineWorld();
    tab = world.tab(byCookie);
    await tab.signIn();
    world.server.willReply('network-error');
    await tab.engine.end('user');
    await settle();
    tab.engine.dispose();
    expect(world.server.to('/auth/logout').length).toBe(1);
    const next = world.tab(byCookie);
    await next.engine.settled();
    await settle();
    expect(world.server.to('/auth/logout').length).toBe(2);
    world.wake();
    await settle();
    expect(world.server.to('/auth/logout').length).toBe(2);
  });

  it('F47: a logout with a token that has run out asks for no renewal', async () => {
    world.visible = false;
    await world.clock.advance(61_000);
    world.server.willReply('network-error');
    await tab.engine.end('user');
    expect([refreshes(), tab.phase]).toEqual([0, 'ended']);
  });

  it('F48: a page that comes back lets no token out before it has read that the session is over', async () => {
    const cached = world.tab();
    await cached.engine.settled();
    world.leave();
    expect([cached.phase, cached.engine.usable()]).toEqual(['restoring', null]);
    await world.store.change(
      record => record && { ...record, held: undefined, ended: { reason: 'user', at: 0 } },
    );
    const token = cached.engine.token().catch((error: unknown) => error);
    world.wake();
    await world.clock.advance(100);
    expect(cached.engine.state().endReason).toBe('user-other-tab');
    expect(await token).toEqual(jasmine.objectContaining({ code: 'session-ended' }));
  });

  it('F48: a page that comes back to the same session goes on', async () => {
    world.leave();
    world.wake();
    await settle();
    expect([tab.phase, tab.engine.usable()?.held.token]).toEqual(['fresh', 'access-1']);
  });

  it('F49: a request of a page that was away over a change of users is never sent', async () => {
    const away = world.tab();
    await away.engine.settled();
    world.visible = false;
    await world.clock.advance(61_000);
    world.server.willReply(new Promise(() => undefined));
    const asked = expectAsync(away.engine.token()).toBeRejectedWithError(AuthError, /session-ended/);
    await settle();
    world.leave();
    const elsewhere = world.tab();
    await elsewhere.engine.end('user');
    world.server.willReply(world.server.grant({ user: GRACE_HOPPER }));
    await elsewhere.signIn('grace');
    world.wake();
    await world.clock.advance(100);
    await asked;
    world.wake();
    await world.clock.advance(100);
    expect([away.engine.usable(), away.engine.state().endReason]).toEqual([null, 'account-switch']);
  });

  it('F50: the late renewal of one user does not touch the session of the next', async () => {
    const other = world.tab();
    await other.engine.settled();
    const answer = Promise.withResolvers<ReturnType<typeof json>>();
    world.server.willReply(answer.promise, world.server.grant({ user: GRACE_HOPPER }));
    const refresh = tab.engine.refresh().catch((error: unknown) => error);
    await settle();
    await other.signIn('grace');
    answer.resolve(world.server.grant());
    await refresh;
    await settle();
    expect(other.engine.usable()?.held.user?.name).toBe('Grace');
    expect(tab.engine.state().endReason).toBe('account-switch');
    expect(await kept()).toContain('Grace');
  });

  it('F51: a renewal that answers with another user ends the session and is given back', async () => {
    world.server.willReply(world.server.grant({ user: GRACE_HOPPER }));
    await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
    expect(tab.engine.state().endReason).toBe('subject-changed');
    expect(world.server.to('/auth/logout').length).toBe(1);
    expect(await kept()).not.toContain('access');
  });

  it('F55: a rotated token is kept whatever comes after it', async () => {
    const unhandled = spyOn(window, 'queueMicrotask');
    tab.engine.listen(event => {
      if (event?.type === 'refreshed') throw new Error('an application bug');
    });
    await tab.engine.refresh();
    expect(await kept()).toContain('refresh-2');
    expect([tab.phase, unhandled.calls.count()]).toEqual(['fresh', 1]);
  });

  it('F55: an application that fails to read its user keeps the rotated token, and the user it had', async () => {
    const unhandled: unknown[] = [];
    spyOn(window, 'queueMicrotask').and.callFake(task => {
      try {
        task();
      } catch (error) {
        unhandled.push(error);
      }
    });
    let users = 0;
    const bug = new Error('of the application');
    const toUser = ({ id }: JsonObject): AuthUser => {
      if ((users += 1) > 1) throw bug;
      return { id: String(id), roles: [], permissions: [], profile: {} };
    };
    await tab.engine.end('user');
    tab = world.tab(jwtServer({ url: 'https://auth.test', toUser }));
    await tab.signIn();
    const user = tab.engine.state().record?.held.user;
    await tab.engine.refresh();
    expect(await kept()).toContain('refresh-3');
    expect([tab.phase, tab.engine.state().record?.held.user]).toEqual(['fresh', user]);
    expect(unhandled).toEqual([bug]);
  });

  it('F55: a user that cannot be found out costs no session', async () => {
    await tab.engine.end('user');
    world.server.willReply(world.server.grant({ user: undefined }), json(503, {}));
    await tab.signIn();
    expect([tab.phase, tab.count('user-unknown')]).toEqual(['fresh', 1]);
  });

  it('F56: a listener may renew, ask and log out, and nothing stands still', async () => {
    let depth = 0;
    let deepest = 0;
    tab.engine.listen(event => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      if (event?.type === 'refreshed') {
        void tab.engine.token().catch(() => undefined);
        void tab.engine.refresh().catch(() => undefined);
        void tab.engine.end('user');
      }
      depth -= 1;
    });
    const refresh = tab.engine.refresh().catch((error: unknown) => error);
    await world.clock.advance(20_000);
    await refresh;
    expect(tab.phase).toBe('ended');
    expect(deepest).toBeLessThan(6);
  });
});
