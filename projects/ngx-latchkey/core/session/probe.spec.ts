import {
  type AuthProvider,
  type FixedSession,
  type WireAnswer,
  cookieProbe,
  refuse,
} from 'ngx-latchkey/core';
import { jwtServer } from 'ngx-latchkey';
import { EngineWorld } from '../../testing-support/engine-world';
import { json } from '../../testing-support/scripted-server';

const user = { id: '1', roles: [], permissions: [], profile: {} };

function cookieServer(when?: 'unless-ended' | 'always'): AuthProvider {
  return jwtServer({ url: 'https://auth.test', refreshToken: 'cookie', probe: cookieProbe(when) });
}

describe('F59: A session of which only a cookie is left', () => {
  let world: EngineWorld;

  beforeEach(() => {
    world = new EngineWorld();
  });

  it('is found by asking the server once', async () => {
    world.server.willReply(json(200, { accessToken: 'a', expiresIn: 60, user }));
    const tab = world.tab(cookieServer('unless-ended'));
    await tab.engine.settled();
    expect(tab.phase).toBe('fresh');
    expect(world.server.requests.length).toBe(1);
  });

  it('is asked for by one of many tabs', async () => {
    world.server.willReply(json(200, { accessToken: 'a', expiresIn: 60, user }));
    const tabs = [1, 2, 3].map(() => world.tab(cookieServer('unless-ended')));
    await Promise.all(tabs.map(tab => tab.engine.settled()));
    expect(tabs.map(tab => tab.phase)).toEqual(['fresh', 'fresh', 'fresh']);
    expect(world.server.requests.length).toBe(1);
  });

  it('is none when the server says so', async () => {
    world.server.willReply(json(401, {}));
    const tab = world.tab(cookieServer('unless-ended'));
    await tab.engine.settled();
    expect(tab.phase).toBe('anonymous');
    world.wake();
    await world.clock.advance(100);
    expect(world.server.requests.length).toBe(1);
  });

  it('is asked for once where nobody ever signed in, and begins with a sign-in all the same', async () => {
    world.server.willReply(json(401, {}));
    for (let page = 0; page < 3; page += 1) {
      const tab = world.tab(cookieServer());
      await tab.engine.settled();
      expect(tab.phase).toBe('anonymous');
    }
    expect(world.server.requests.length).toBe(1);
    const tab = world.tab(cookieServer());
    await tab.signIn();
    expect(tab.phase).toBe('fresh');
    const later = world.tab(cookieServer());
    await later.engine.settled();
    expect(later.phase).toBe('fresh');
  });

  it('is not asked for by a tab that hears of its end: it ends there too', async () => {
    const tab = world.tab(cookieServer('always'));
    await tab.signIn();
    const other = world.tab(cookieServer('always'));
    await other.engine.settled();
    const asked = world.server.requests.length;
    world.server.willReply(json(401, {}));
    await expectAsync(tab.engine.refresh()).toBeRejected();
    await world.clock.advance(100);
    expect([tab.phase, other.phase]).toEqual(['ended', 'ended']);
    expect(world.server.requests.length).toBe(asked + 1);
  });

  it('is asked for with each page where it may have begun elsewhere', async () => {
    world.server.willReply(json(401, {}), json(401, {}));
    for (let page = 0; page < 2; page += 1) await world.tab(cookieServer('always')).engine.settled();
    expect(world.server.requests.length).toBe(2);
  });

  it('is nobody’s guest before it is known', async () => {
    let answer = (_: WireAnswer): void => undefined;
    world.server.willReply(new Promise(resolve => (answer = resolve)));
    const tab = world.tab(cookieServer());
    tab.engine.start();
    // As every page is that has just been loaded.
    world.wake();
    await world.clock.advance(2_900);
    expect(tab.phase).toBe('restoring');
    answer(json(200, { accessToken: 'a', expiresIn: 60, user }));
    await world.clock.advance(1);
    const phases = tab.events.flatMap(event => (event.type === 'phase' ? event.to : []));
    expect(phases).toEqual(['restoring', 'fresh']);
  });

  it('is not asked for of a server that does not keep the cookie', async () => {
    const tab = world.tab(jwtServer({ url: 'https://auth.test', probe: cookieProbe() }));
    await tab.engine.settled();
    expect(world.server.requests.length).toBe(0);
  });

  it('is asked for again when nobody could tell', async () => {
    world.server.willReply(json(503, undefined));
    const tab = world.tab(cookieServer('unless-ended'));
    await tab.engine.settled();
    expect(tab.phase).toBe('anonymous');
    expect(tab.count('probe-failed')).toBe(1);
    world.server.willReply(json(200, { accessToken: 'a', expiresIn: 60, user }));
    world.wake();
    await world.clock.advance(100);
    expect(tab.phase).toBe('fresh');
  });

  it('is left alone after a logout, unless it may have begun elsewhere', async () => {
    world.server.willReply(json(200, { accessToken: 'a', expiresIn: 60, user }), json(200, {}));
    const tab = world.tab(cookieServer('unless-ended'));
    await tab.engine.settled();
    await tab.engine.end('user');
    const asked = world.server.requests.length;
    await world.tab(cookieServer('unless-ended')).engine.settled();
    expect(world.server.requests.length).toBe(asked);
    world.server.willReply(json(200, { accessToken: 'b', expiresIn: 60, user }));
    const other = world.tab(cookieServer('always'));
    await other.engine.settled();
    expect(other.engine.usable()?.held.token).toBe('b');
  });
});

describe('A session that cannot be renewed', () => {
  const fixed = (): AuthProvider => {
    const session: FixedSession = {
      kind: 'fixed',
      check: {
        request: () => ({ url: 'https://auth.test/check', method: 'GET' }),
        read: answer => {
          if (answer.status === 200) return { ...user, name: 'Ada' };
          return refuse(answer.status === 401 ? 'refused' : 'not-now', 'checked', answer);
        },
      },
    };
    return { ...(jwtServer({ url: 'https://auth.test' }) as AuthProvider), session };
  };
  let world: EngineWorld;

  beforeEach(async () => {
    world = new EngineWorld();
    world.server.willReply(json(200, { accessToken: 'a', user }));
    await world.tab(fixed()).signIn();
  });

  it('is checked when it is found at the start, and its user is brought up to date', async () => {
    world.server.willReply(json(200, {}));
    const tab = world.tab(fixed());
    await tab.engine.settled();
    await world.clock.advance(10);
    expect(world.server.to('/check').length).toBe(1);
    expect(tab.engine.state().record?.held.user?.name).toBe('Ada');
  });

  it('ends when the server refuses it', async () => {
    world.server.willReply(json(401, {}));
    const tab = world.tab(fixed());
    await tab.engine.settled();
    await world.clock.advance(10);
    expect(tab.phase).toBe('ended');
    expect(tab.engine.state().endReason).toBe('expired');
  });

  it('stays when nobody can tell', async () => {
    world.server.willReply(json(500, undefined));
    const tab = world.tab(fixed());
    await tab.engine.settled();
    await world.clock.advance(10);
    expect(tab.engine.usable()?.held.token).toBe('a');
  });
});
