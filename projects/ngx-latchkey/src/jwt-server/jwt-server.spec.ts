import { AuthError, type JwtServerOptions, jwtServer } from 'ngx-latchkey';
import { EngineWorld, type Tab } from '../../testing-support/engine-world';
import { html, json } from '../../testing-support/scripted-server';

describe('jwtServer()', () => {
  let world: EngineWorld;

  beforeEach(() => {
    world = new EngineWorld();
  });

  const tabWith = (options: Partial<JwtServerOptions>): Tab =>
    world.tab(jwtServer({ url: 'https://auth.test', ...options }));

  it('speaks to a server with other paths and names', async () => {
    const tab = tabWith({
      url: 'https://auth.test/v2/',
      paths: { login: '/token', refresh: '/token/refresh', logout: '/token/revoke' },
      fields: {
        username: 'email',
        password: 'pass',
        accessToken: 'data.access',
        refreshToken: 'data.refresh',
        expiresIn: 'data.ttl',
        user: 'data.me',
        id: 'uid',
        name: 'full.name',
        roles: 'groups',
        permissions: 'scope',
      },
    });
    const me = { uid: 7, full: { name: 'Ada' }, groups: ['admin'], scope: 'read write' };
    world.server.willReply(json(200, { data: { access: 'a1', refresh: 'r1', ttl: '60', me } }));
    await tab.signIn();
    expect<unknown>(world.server.requests[0]).toEqual({
      url: 'https://auth.test/v2/token',
      method: 'POST',
      json: { email: 'ada', pass: 'secret' },
      credentials: 'omit',
    });
    expect(tab.engine.state().record?.held.user).toEqual(
      jasmine.objectContaining({ id: '7', name: 'Ada', roles: ['admin'], permissions: ['read', 'write'] }),
    );
    expect(tab.engine.state().record?.life).toBe(60_000);
    world.server.willReply(json(200, { data: { access: 'a2', refresh: 'r2', ttl: 60 } }));
    await tab.engine.refresh();
    expect<unknown>(world.server.to('/token/refresh')[0]?.json).toEqual({ refresh: 'r1' });
    expect(tab.engine.state().record?.held.user?.name).toBe('Ada');
    await tab.engine.end('user');
    expect(world.server.to('/v2/token/revoke').length).toBe(1);
  });

  it('keeps no refresh token where it is in a cookie', async () => {
    const tab = tabWith({ refreshToken: 'cookie' });
    await tab.signIn();
    await tab.engine.refresh();
    expect(world.server.requests.map(request => request.credentials)).toEqual(['include', 'include']);
    expect<unknown>(world.server.to('/auth/refresh')[0]?.json).toEqual({});
    expect(JSON.stringify(await world.store.read())).not.toContain('refresh-');
  });

  it('makes the user as it is told', async () => {
    const tab = tabWith({
      toUser: source => ({ id: String(source['login']), roles: ['guest'], permissions: [], profile: source }),
    });
    world.server.willReply(world.server.grant({ user: { login: 'ada' } }));
    await tab.signIn();
    expect(tab.engine.state().record?.held.user?.id).toBe('ada');
  });

  it('takes the answer for a refusal that it is told to', async () => {
    const tab = tabWith({ isRefused: ({ status }) => status === 418 });
    await tab.signIn();
    world.server.willReply(json(401, { error: 'invalid_grant' }));
    await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /unexpected-answer/);
    await world.clock.advance(10_000);
    world.server.willReply(html(418));
    await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
  });

  for (const refusal of [
    json(400, { error: 'invalid_grant' }),
    json(401, { message: 'Unauthorized' }),
    json(403, { code: 'invalid_grant' }),
  ]) {
    it(`takes ${JSON.stringify(refusal.json)} with ${String(refusal.status)} for a refusal`, async () => {
      const tab = tabWith({});
      await tab.signIn();
      world.server.willReply(refusal);
      await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
      expect(tab.engine.state().endReason).toBe('refused');
    });
  }

  it('lives at a path of the page', async () => {
    const tab = tabWith({ url: '/auth-server' });
    await tab.signIn();
    expect(world.server.requests[0]?.url).toBe('/auth-server/auth/login');
  });

  it('names the session after the server and the way the secret travels', () => {
    const options: readonly JwtServerOptions[] = [
      { url: 'https://auth.test' },
      { url: 'https://auth.test', refreshToken: 'cookie' },
      { url: 'https://auth.test/other' },
      { url: 'https://other.test' },
    ];
    expect(new Set(options.map(option => jwtServer(option).audience)).size).toBe(4);
    expect(jwtServer({ url: 'https://auth.test/' }).audience).toBe(
      jwtServer({ url: 'https://auth.test' }).audience,
    );
  });
});
