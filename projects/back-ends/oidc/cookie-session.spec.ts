import { type WireAnswer, memoryStore } from 'ngx-latchkey/core';
import { cookieSession } from 'ngx-latchkey/oidc';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { type BffDouble, startBffDouble } from './bff-double';

const APPLICATION = 'http://127.0.0.1:4200';

describe('F87: cookieSession() with the server of its recipe', () => {
  let server: BffDouble;
  let tabs: NodeTab[];

  beforeEach(async () => {
    server = await startBffDouble(APPLICATION);
    tabs = [];
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await server.close();
  });

  const provider = () => cookieSession({ url: `${server.address}/bff` });
  const open = (store = memoryStore()): NodeTab => {
    const tab = nodeTab(provider(), store);
    tabs.push(tab);
    return tab;
  };

  /** Signs in as the server does it: by a page of its own, which sets the cookie. */
  async function signIn({ engine }: NodeTab): Promise<void> {
    const request = { url: `${server.address}/bff/login`, method: 'GET', credentials: 'include' } as const;
    await engine.http.send<null, WireAnswer>({ request: () => request, read: answer => answer }, null);
    await engine.accept({ token: '', user: { id: 'ada', roles: [], permissions: [], profile: {} } });
  }

  it('always sends the header without which nothing is answered', async () => {
    const tab = open();
    await tab.engine.settled();
    await signIn(tab);
    await tab.engine.refresh();
    expect(tab.engine.state().record?.held.user?.name).toBe('Ada Lovelace');
    await tab.engine.end('user');
    expect(server.requests).toEqual([
      'GET /bff/user 401',
      'GET /bff/login 200',
      'GET /bff/user 200',
      'POST /bff/logout 200',
    ]);
    expect(provider().api.headers?.({ token: '' })).toEqual({ 'X-CSRF': '1' });
    expect(provider().api.withCredentials).toBeTrue();
  });

  it('is proof against a form of another site, another origin, and a cookie of a sibling host', async () => {
    const cookie = 'Host-session=stolen';
    const send = async (path: string, headers: Readonly<Record<string, string>>, method = 'POST') =>
      (await fetch(server.address + path, { method, headers })).status;
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await send('/bff/logout', form)).toBe(403);
    expect(await send('/api/orders', { ...form, origin: APPLICATION })).toBe(403);
    expect(await send('/api/orders', { cookie, 'x-csrf': '1', origin: 'https://evil.test' })).toBe(403);
    expect(await send('/bff/user', { cookie: `${cookie}; ${cookie}2`, 'x-csrf': '1' }, 'GET')).toBe(400);
  });

  for (const status of [400, 403, 500]) {
    it(`keeps the session when the server answers ${String(status)}, which proves nothing`, async () => {
      const tab = open();
      await signIn(tab);
      server.trouble = status;
      await expectAsync(tab.engine.refresh()).toBeRejected();
      expect(tab.engine.state().endReason ?? null).toBeNull();
      expect(tab.engine.state().record).not.toBeNull();
    });
  }

  it('ends the session when the server knows of none', async () => {
    const tab = open();
    await signIn(tab);
    server.trouble = 401;
    await expectAsync(tab.engine.refresh()).toBeRejected();
    expect(tab.engine.state().endReason).toBe('refused');
  });

  it('keeps no token and no name of a cookie in the record', async () => {
    const store = memoryStore();
    const tab = open(store);
    await signIn(tab);
    await tab.engine.refresh();
    expect(JSON.stringify(await store.read())).not.toContain('Host-session');
    expect(tab.engine.state().record?.held).toEqual(jasmine.objectContaining({ token: '' }));
    expect(tab.engine.state().record?.held.secret).toBeUndefined();
  });
});
