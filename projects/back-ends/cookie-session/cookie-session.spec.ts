import { AuthError } from 'ngx-latchkey/core';
import { cookieSession } from 'ngx-latchkey/oidc';
import { type ProviderScript, providerPromises } from 'ngx-latchkey/testing';
import type { NodeTab } from '../harness/node-tab';
import { until } from '../harness/until';
import { type CookieWorld, cookieWorld } from './cookie-world';

describe('cookieSession(): with the dev auth server', () => {
  let world: CookieWorld;

  beforeEach(async () => {
    world = await cookieWorld();
  });

  afterEach(() => world.close());

  const codes = (tab: NodeTab, type: string): readonly string[] =>
    tab.events.flatMap(event => (event.type === type && 'code' in event ? [event.code] : []));
  const kept = async (): Promise<string> => JSON.stringify([await world.kept(), world.page.storage()]);

  it('asks once at the start, and finds nobody', async () => {
    const tab = await world.load();
    expect(tab.engine.state().phase).toBe('anonymous');
    expect(world.sent.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /bff/user']);
    expect(codes(tab, 'probe-failed')).toEqual([]);
  });

  it('leads to the server and back to the page that was asked for, signed in', async () => {
    const tab = await world.signIn(await world.load(), { returnUrl: '/notes?page=2#top' });
    expect(world.page.url().href).toBe(`${world.server.url}/notes?page=2#top`);
    expect(tab.engine.state().record?.held.user).toEqual(
      jasmine.objectContaining({
        id: 'usr_ada',
        name: 'Ada Lovelace',
        email: 'ada@example.test',
        roles: ['admin', 'user'],
        permissions: ['reports:read', 'reports:write'],
      }),
    );
    expect(await world.call(tab, '/api/admin')).toBe(200);
  });

  it('is found at the start where only the cookie is left', async () => {
    await world.signIn(await world.load());
    world.forget();
    const tab = await world.load();
    expect(tab.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
  });

  it('is kept over a reload', async () => {
    await world.signIn(await world.load());
    expect((await world.load()).engine.usable()?.held.user?.name).toBe('Ada Lovelace');
  });

  it('asks who it is after an API said no, and ends when the server says that nobody is', async () => {
    const tab = await world.signIn(await world.load());
    await world.admin('revoke');
    expect(await world.call(tab, '/api/profile')).toBe(401);
    const { sid = '', generation = 0 } = tab.engine.usable() ?? {};
    expect(await tab.engine.rejected({ sid, generation, proven: true, replayed: false })).toBeNull();
    expect([tab.engine.state().phase, tab.engine.state().endReason]).toEqual(['ended', 'refused']);
  });

  it('is not ended by an API that says no to a session that lives', async () => {
    const tab = await world.signIn(await world.load());
    const { sid = '', generation = 0 } = tab.engine.usable() ?? {};
    const fresh = await tab.engine.rejected({ sid, generation, proven: false, replayed: false });
    expect(fresh?.generation).toBe(generation + 1);
    expect(tab.engine.state().phase).toBe('fresh');
  });

  it('is not ended by anything but a proof', async () => {
    const tab = await world.signIn(await world.load());
    for (const fault of [{ kind: 'status', status: 503 }, { kind: 'html' }, { kind: 'drop' }]) {
      await world.admin('faults', { on: 'refresh', ...fault });
      await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError);
      expect(tab.engine.state().endReason).toBeNull();
    }
  });

  it('is nobody while the server is down at the start, says so, and is found later', async () => {
    await world.signIn(await world.load());
    world.forget();
    await world.down();
    const tab = await world.load();
    expect(tab.engine.state().phase).toBe('anonymous');
    expect(codes(tab, 'probe-failed')).toEqual(['unreachable']);
    await world.up();
    tab.comeBack();
    await until(() => tab.engine.usable() !== null);
    expect(tab.engine.usable()?.held.user?.id).toBe('usr_ada');
  });

  it('ends here and at the server with a logout', async () => {
    const tab = await world.signIn(await world.load());
    await tab.engine.end('user');
    expect([tab.engine.state().phase, codes(tab, 'logout-not-confirmed')]).toEqual(['ended', []]);
    expect(world.jar.size).toBe(0);
    expect(await world.call(tab, '/api/profile')).toBe(401);
    expect((await world.load()).engine.usable()).toBeNull();
  });

  it('owes the server a logout that it could not hear of, and pays before it asks who it is', async () => {
    const tab = await world.signIn(await world.load());
    await world.down();
    await tab.engine.end('user');
    expect([tab.engine.state().phase, codes(tab, 'logout-not-confirmed')]).toEqual([
      'ended',
      ['unreachable'],
    ]);
    expect(world.jar.size).toBe(1);
    await world.up();
    world.sent.splice(0);
    const later = await world.load();
    await until(() => world.jar.size === 0);
    expect(world.sent.map(({ url }) => url)).toEqual(['/bff/logout']);
    expect(later.engine.usable()).toBeNull();
  });

  it('takes no answer but the own one of the server for the end of its session', async () => {
    for (const fault of [{ kind: 'html' }, { kind: 'status', status: 403 }, { kind: 'redirect' }]) {
      const tab = await world.signIn(await world.load());
      await world.admin('faults', { on: 'logout', ...fault });
      await tab.engine.end('user');
      expect(codes(tab, 'logout-not-confirmed')).toEqual(['unexpected-answer']);
      const later = await world.load();
      await until(() => world.jar.size === 0);
      expect([fault.kind, later.engine.usable()]).toEqual([fault.kind, null]);
    }
  });

  it('is the session of who signed in last, whatever this page has kept', async () => {
    const tab = await world.signIn(await world.load());
    await world.admin('revoke');
    const next = await world.signIn(tab, { username: 'grace' });
    expect(next.engine.usable()?.held.user?.id).toBe('usr_grace');
  });

  it('outlives the logout of before that the server has not heard of', async () => {
    const tab = await world.signIn(await world.load());
    await world.down();
    await tab.engine.end('user');
    await world.up();
    const next = await world.signIn(tab);
    next.comeBack();
    await next.engine.refresh();
    expect(next.engine.usable()?.held.user?.id).toBe('usr_ada');
    expect(await world.call(next, '/api/profile')).toBe(200);
  });

  it('leaves nothing of the sign-in behind, and says so when nobody signed in', async () => {
    const first = await world.signIn(await world.load(), { returnUrl: '/notes' });
    expect(world.page.url().href).toBe(`${world.server.url}/notes`);
    expect(Object.keys(world.page.storage())).toEqual([]);
    await first.engine.end('user');
    const cancelled = await world.signIn(first, { cancel: 'yes' });
    expect(codes(cancelled, 'sign-in-failed')).toEqual(['access-denied']);
    expect([world.page.url().pathname, cancelled.engine.usable()]).toEqual(['/notes', null]);
  });

  it('leads back to its own pages only, by path or, to a server elsewhere, by the whole address', async () => {
    const { engine } = await world.load();
    const returnUrl = async (url: string, wanted: string): Promise<string> => {
      const outcome = await cookieSession({ url }).signIn.start({ returnUrl: wanted }, engine.http);
      if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
      return new URL(outcome.redirect).searchParams.get('returnUrl')?.split('?')[0] ?? '';
    };
    expect(await returnUrl('/bff', '/notes')).toBe('/notes');
    expect(await returnUrl('/bff', 'https://evil.test/notes')).toBe('/');
    for (const strange of [
      `blob:${world.server.url}/1`,
      `${world.server.url.replace('//', '//user@')}/notes`,
    ]) {
      expect(await returnUrl('/bff', strange)).toBe('/');
    }
    expect(await returnUrl('https://bff.test', '/notes')).toBe(`${world.server.url}/notes`);
  });

  it('steps up by another sign-in', async () => {
    const tab = await world.signIn(await world.load());
    expect(await world.call(tab, '/api/transfer')).toBe(401);
    const acrValues = 'urn:latchkey:second-factor';
    const next = await world.signIn(tab, { acrValues, maxAge: 300, code: '000000' });
    expect(await world.call(next, '/api/transfer')).toBe(200);
    expect(next.engine.usable()?.held.user?.profile['acr']).toBe(acrValues);
  });

  it('sends the header against forgery with everything, and stores nothing that is a token', async () => {
    let tab = await world.signIn(await world.load());
    await tab.engine.refresh();
    tab = await world.load();
    const { token, secret } = tab.engine.state().record?.held ?? {};
    expect([token, secret]).toEqual(['', undefined]);
    const [cookie = ''] = world.jar.values();
    expect(cookie.length).toBe(43);
    expect(await kept()).not.toContain(cookie);
    expect(await kept()).not.toContain('eyJ');
    await tab.engine.end('user');
    expect(world.sent.length).toBeGreaterThan(3);
    for (const { headers, credentials } of world.sent) {
      expect([headers?.['X-CSRF'], credentials]).toEqual(['1', 'include']);
    }
  });
});

describe('cookieSession(): the promises', () => {
  const script: ProviderScript = {
    provider: () => cookieSession(),
    renewed: { status: 200, headers: {}, json: { sub: '7', name: 'Ada' } },
    refused: { status: 401, headers: {}, json: { code: 'no_session' } },
  };
  for (const { name, check } of providerPromises(script)) {
    it(name, async () => {
      await expectAsync(check()).toBeResolved();
    });
  }
});
