import { jwtServer } from 'ngx-latchkey';
import { AuthError, type Grant } from 'ngx-latchkey/core';
import { EngineWorld, type Tab } from '../../testing-support/engine-world';
import { settle } from '../../testing-support/fake-clock';
import { html, json, type Reply } from '../../testing-support/scripted-server';

const INVALID_GRANT = json(401, { code: 'invalid_grant', error: 'invalid_grant' });

describe('The session engine', () => {
  let world: EngineWorld;
  let tab: Tab;

  beforeEach(() => {
    world = new EngineWorld();
    tab = world.tab();
  });

  describe('before anybody signs in', () => {
    it('does nothing until it is started', async () => {
      await settle();
      expect(tab.phase).toBe('idle');
      expect(world.clock.pending).toBe(0);
    });

    it('knows nobody after reading an empty store, and asks the server nothing', async () => {
      await tab.engine.settled();
      expect(tab.phase).toBe('anonymous');
      expect(await tab.engine.token()).toBeNull();
      expect(world.server.requests.length).toBe(0);
    });

    it('gives up on a store that does not answer', async () => {
      world.store = { read: () => new Promise(() => undefined), change: () => new Promise(() => undefined) };
      const settled = tab.engine.settled();
      await world.clock.advance(5_000);
      await settled;
      expect(tab.phase).toBe('anonymous');
    });

    it('changes nothing when the password is wrong', async () => {
      world.server.willReply(json(401, { code: 'invalid_credentials' }));
      await expectAsync(tab.signIn()).toBeRejectedWithError(AuthError, /invalid-credentials/);
      expect(await world.store.read()).toBeUndefined();
    });

    it('says which member is missing when the server names its fields otherwise', async () => {
      world.server.willReply(json(200, { access_token: 'a', refresh_token: 'r' }));
      await expectAsync(tab.signIn()).toBeRejectedWithError(AuthError, /access_token, refresh_token/);
      expect(tab.engine.state().record).toBeNull();
    });
  });

  describe('with a session', () => {
    beforeEach(() => tab.signIn());

    it('hands out the token without asking anybody', () => {
      expect(tab.engine.usable()?.held.token).toBe('access-1');
      expect(tab.phase).toBe('fresh');
    });

    it('is found again by another tab and after a reload', async () => {
      const other = world.tab();
      await other.engine.settled();
      expect(other.engine.usable()?.held.token).toBe('access-1');
      expect(other.engine.state().record?.held.user?.name).toBe('Ada');
    });

    it('renews once for a hundred callers when the token has run out', async () => {
      world.visible = false;
      await world.clock.advance(61_000);
      const asked = Promise.all(Array.from({ length: 100 }, () => tab.engine.token()));
      await world.clock.advance(100);
      const tokens = await asked;
      expect(new Set(tokens.map(token => token?.held.token))).toEqual(new Set(['access-2']));
      expect(world.lock.turns).toBe(1);
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('renews ahead of time in a page that is looked at', async () => {
      await world.clock.advance(46_000);
      expect(world.server.to('/auth/refresh').length).toBe(1);
      expect(tab.engine.usable()?.held.token).toBe('access-2');
    });

    it('leaves a hidden page alone until it is shown', async () => {
      world.visible = false;
      await world.clock.advance(600_000);
      expect(world.server.to('/auth/refresh').length).toBe(0);
      world.visible = true;
      world.wake();
      await world.clock.advance(3_000);
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('keeps sending the old token while a new one is fetched', async () => {
      const answer = Promise.withResolvers<ReturnType<typeof json>>();
      world.server.willReply(answer.promise);
      await world.clock.advance(46_000);
      expect(tab.phase).toBe('renewing');
      expect(tab.engine.usable()?.held.token).toBe('access-1');
      answer.resolve(world.server.grant());
      await settle();
      expect(tab.phase).toBe('fresh');
    });

    it('F55: keeps the new refresh token of an answer that is of no other use', async () => {
      const provider = jwtServer({ url: 'https://auth.test' });
      const flaw = { failure: 'misconfigured', code: 'invalid-id-token' } as const;
      const { session } = provider;
      if (session.kind !== 'renewable') throw new Error('It is renewed.');
      const answers: Grant[] = [
        { token: 'access-1', secret: 'next', flaw },
        { token: 'access-2', secret: 'last', flaw },
      ];
      const renew = { ...session.renew, read: () => answers.shift() ?? flaw };
      const flawed = world.tab({ ...provider, session: { ...session, renew } });
      tab.engine.dispose();
      await flawed.engine.settled();
      const before = flawed.engine.state().record;
      await expectAsync(flawed.engine.refresh()).toBeRejectedWithError(AuthError, /invalid-id-token/);
      const after = flawed.engine.state().record;
      expect([after?.held.token, after?.held.secret]).toEqual(['access-1', 'next']);
      expect(after?.held.user).toEqual(before?.held.user);
      expect([after?.receivedAt, after?.life]).toEqual([before?.receivedAt, before?.life]);
      expect(flawed.phase).toBe('degraded');
      expect([flawed.count('refresh-failed'), flawed.count('refreshed')]).toEqual([1, 0]);
      const other = world.tab();
      await other.engine.settled();
      expect(other.engine.state().record?.held.secret).toBe('next');
      other.engine.dispose();
      await world.clock.advance(80_000);
      expect(flawed.engine.usable()?.held.token).toBe('access-2');
      expect([flawed.count('user-unknown'), flawed.count('refreshed')]).toEqual([1, 1]);
      expect(flawed.engine.state().record?.held.user?.name).toBe('Ada');
    });

    it('keeps the old refresh token when the server sends none', async () => {
      world.server.willReply(json(200, { accessToken: 'next', expiresIn: 60 }));
      await tab.engine.refresh();
      await tab.engine.refresh();
      expect(world.server.to('/auth/refresh').map((request): unknown => request.json)).toEqual([
        { refreshToken: 'refresh-1' },
        { refreshToken: 'refresh-1' },
      ]);
    });

    const troubles: readonly (readonly [string, Reply])[] = [
      ['500', json(500, { code: 'server_error' })],
      ['503 with HTML', html(503)],
      ['429', json(429, { code: 'too_many_requests' })],
      ['a captive portal', html(200)],
      ['403 of a firewall', html(403)],
      ['407 of a proxy', html(407)],
      ['401 that is no JSON', html(401)],
      ['400 without a known code', json(400, { message: 'no' })],
      ['no answer', 'network-error'],
      ['JSON without a token', json(200, { hello: 'world' })],
    ];
    for (const [name, reply] of troubles) {
      it(`stays signed in and recovers when the refresh is answered with ${name}`, async () => {
        world.visible = false;
        await world.clock.advance(61_000);
        world.server.willReply(reply);
        const token = tab.engine.token().catch((error: unknown) => error);
        await settle();
        expect(tab.phase).toBe('suspended');
        expect(tab.engine.state().record).not.toBeNull();
        world.visible = true;
        world.wake();
        await world.clock.advance(73_000);
        await token;
        expect(tab.engine.state().record?.held.token).toMatch(/access-[2-9]/);
        expect(tab.count('ended')).toBe(0);
      });
    }

    it('lets a request wait through a short trouble', async () => {
      world.visible = false;
      await world.clock.advance(61_000);
      world.server.willReply(json(500, {}));
      const token = tab.engine.token();
      await world.clock.advance(10_000);
      expect((await token)?.held.token).toBe('access-2');
    });

    it('does not let a request wait longer than fifteen seconds', async () => {
      world.visible = false;
      await world.clock.advance(61_000);
      world.server.willReply(...Array.from({ length: 50 }, () => json(500, {})));
      const token = tab.engine.token();
      const refused = expectAsync(token).toBeRejectedWithError(AuthError, /temporarily-unavailable/);
      await world.clock.advance(15_000);
      await refused;
      expect(tab.phase).toBe('suspended');
    });

    it('never lets a request go on as somebody else', async () => {
      world.visible = false;
      await world.clock.advance(61_000);
      const refresh = Promise.withResolvers<ReturnType<typeof json>>();
      world.server.willReply(refresh.promise, world.server.grant({ user: { id: '2', name: 'Grace' } }));
      const token = expectAsync(tab.engine.token()).toBeRejectedWithError(AuthError, /session-ended/);
      await settle();
      await tab.signIn();
      await token;
      refresh.resolve(json(503, {}));
      await settle();
      expect(tab.engine.state().record?.held.user?.name).toBe('Grace');
    });

    it('tells a request at once when the server asked for more patience than it has', async () => {
      world.visible = false;
      await world.clock.advance(61_000);
      world.server.willReply(json(429, {}, { 'retry-after': '60' }));
      await expectAsync(tab.engine.token()).toBeRejectedWithError(AuthError, /temporarily-unavailable/);
      await world.clock.advance(59_000);
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('ends once when the server refuses, and forgets the tokens', async () => {
      world.visible = false;
      await world.clock.advance(61_000);
      world.server.willReply(INVALID_GRANT);
      const tokens = await Promise.allSettled([tab.engine.token(), tab.engine.token()]);
      expect(tokens.map(result => result.status)).toEqual(['rejected', 'rejected']);
      expect(tab.events.filter(event => event.type === 'ended').map(event => event.reason)).toEqual([
        'refused',
      ]);
      expect(JSON.stringify(await world.store.read())).not.toContain('refresh-1');
    });

    it('ends when the server answers a refresh with another user', async () => {
      world.server.willReply(world.server.grant({ user: { id: '2', name: 'Mallory' } }));
      await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
      expect(tab.engine.state().endReason).toBe('subject-changed');
      expect(world.server.to('/auth/logout').length).toBe(1);
    });

    it('survives a token whose lifetime makes no sense, without a loop', async () => {
      for (const expiresIn of [0, -1, 1e15, NaN, 'soon']) {
        world.server.willReply(world.server.grant({ expiresIn }));
        await tab.engine.refresh();
        const before = world.server.requests.length;
        await world.clock.advance(600_000);
        expect(tab.engine.usable()).not.toBeNull();
        expect(world.server.requests.length).toBe(before);
      }
    });

    it('takes an answer that comes after a logout for nobody, and gives it back', async () => {
      const answer = Promise.withResolvers<ReturnType<typeof json>>();
      world.server.willReply(answer.promise);
      const refresh = tab.engine.refresh().catch((error: unknown) => error);
      await settle();
      const logout = tab.engine.end('user');
      await settle();
      expect(tab.engine.usable()).toBeNull();
      answer.resolve(world.server.grant());
      await Promise.all([refresh, logout]);
      expect(JSON.stringify(await world.store.read())).not.toContain('access');
      expect(world.server.to('/auth/logout').map((request): unknown => request.json)).toContain({
        refreshToken: 'refresh-2',
      });
    });

    it('logs out while the server is down', async () => {
      world.server.willReply('network-error');
      await tab.engine.end('user');
      expect(tab.phase).toBe('ended');
      expect(tab.count('logout-not-confirmed')).toBe(1);
    });

    it('goes on with what it knows when the storage has gone back in time', async () => {
      const old = await world.store.read();
      await tab.engine.refresh();
      await world.store.change(() => old);
      world.wake();
      world.visible = false;
      await world.clock.advance(61_000);
      expect((await tab.engine.token())?.held.token).toBe('access-3');
      expect(world.server.to('/auth/refresh').map((request): unknown => request.json)).toEqual([
        { refreshToken: 'refresh-1' },
        { refreshToken: 'refresh-2' },
      ]);
    });

    it('stays logged out when the record is read just before it is gone', async () => {
      const reading = Promise.withResolvers<Awaited<ReturnType<typeof world.store.read>>>();
      const store = world.store;
      const kept = await store.read();
      world.store = { ...store, read: () => reading.promise };
      world.wake();
      await tab.engine.end('user');
      reading.resolve(kept);
      await settle();
      expect(tab.phase).toBe('ended');
    });

    it('isolates a listener that throws', async () => {
      const unhandled = spyOn(window, 'queueMicrotask');
      tab.engine.listen(() => {
        throw new Error('an application bug');
      });
      await tab.engine.end('user');
      expect(tab.phase).toBe('ended');
      expect(unhandled).toHaveBeenCalled();
    });

    it('never tells a token to those who listen', async () => {
      await tab.engine.refresh();
      await tab.engine.end('user');
      expect(JSON.stringify(tab.events)).not.toMatch(/access-|refresh-\d|secret/);
    });

    it('leaves no timer behind', () => {
      tab.engine.dispose();
      expect(world.clock.pending).toBe(0);
    });
  });

  describe('in several tabs', () => {
    let other: Tab;

    beforeEach(async () => {
      await tab.signIn();
      other = world.tab();
      await other.engine.settled();
    });

    it('renews once for all of them', async () => {
      world.visible = false;
      await world.clock.advance(61_000);
      const tokens = await Promise.all([tab.engine.token(), other.engine.token()]);
      expect(tokens.map(token => token?.held.token)).toEqual(['access-2', 'access-2']);
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('logs out of all of them', async () => {
      await tab.engine.end('user');
      await settle();
      expect(other.engine.state().endReason).toBe('user-other-tab');
    });

    it('signs in to all of them', async () => {
      await tab.engine.end('user');
      await settle();
      await tab.signIn();
      await settle();
      expect(other.engine.usable()?.held.token).toBe('access-2');
    });

    it('never goes on as somebody else', async () => {
      world.server.willReply(world.server.grant({ user: { id: '2', name: 'Grace' } }));
      await tab.signIn();
      await settle();
      expect(other.engine.state().endReason).toBe('account-switch');
      expect(other.engine.usable()).toBeNull();
    });
  });

  describe('when an API rejects a token', () => {
    beforeEach(() => tab.signIn());

    const reject = (generation: number, proven = true) =>
      tab.engine.rejected({ sid: 'session-1', generation, proven, replayed: false });

    it('renews once for a hundred rejections', async () => {
      const asked = Promise.all(Array.from({ length: 100 }, () => reject(1)));
      await world.clock.advance(100);
      const tokens = await asked;
      expect(new Set(tokens.map(token => token?.held.token))).toEqual(new Set(['access-2']));
      expect(world.lock.turns).toBe(1);
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('replays a latecomer with the token that is there already', async () => {
      await tab.engine.refresh();
      expect((await reject(1))?.held.token).toBe('access-2');
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('renews again for a token that worked until it was rejected', async () => {
      expect((await reject(1))?.held.token).toBe('access-2');
      expect((await reject(2))?.held.token).toBe('access-3');
    });

    it('stops renewing for half a minute when a new token is rejected as well', async () => {
      world.visible = false;
      await reject(1);
      await tab.engine.rejected({ sid: 'session-1', generation: 2, proven: true, replayed: true });
      expect(tab.count('rejected-fresh-token')).toBe(1);
      expect(await reject(2)).toBeNull();
      expect(world.server.to('/auth/refresh').length).toBe(1);
      await world.clock.advance(31_000);
      expect(await reject(2)).not.toBeNull();
    });

    it('believes an unreadable rejection only of a token that is not young', async () => {
      expect(await reject(1, false)).toBeNull();
      world.visible = false;
      await world.clock.advance(31_000);
      expect((await reject(1, false))?.held.token).toBe('access-2');
    });

    it('never hands a token of a new session to a request of an old one', async () => {
      await tab.engine.end('user');
      await tab.signIn();
      expect(await reject(1)).toBeNull();
    });
  });
});
