import { CookieApp, PAGE } from '../support/cookie-app.js';
import { closeServers, secondsBetween, startServer, type TestServer } from '../support/test-server.js';

describe('a session of the backend for frontend', () => {
  let test: TestServer;
  let app: CookieApp;
  beforeEach(async () => {
    test = await startServer({ accessTokenLifetime: 60, refreshTokenLifetime: 1000, rotation: 'strict' });
    app = new CookieApp(test.url);
    await app.signIn('ada');
  });
  afterEach(closeServers);

  const sessions = async (): Promise<unknown> => (await test.get('/admin/state')).body['sessions'];

  it('is listed, without a secret', async () => {
    expect(await sessions()).toEqual([
      jasmine.objectContaining({ username: 'ada', transport: 'bff', generation: 0, status: 'open' }),
    ]);
    const { text } = await test.get('/admin/state');
    expect(text).not.toContain(app.cookie.replace('latchkey_bff=', ''));
    expect(text).not.toContain('eyJ');
  });

  it('renews its tokens by itself, once for all requests of a moment', async () => {
    test.time += 60_000;
    const answers = await Promise.all([app.user(), app.call('GET', '/api/profile'), app.user()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await sessions()).toEqual([jasmine.objectContaining({ generation: 1 })]);
    await test.post('/admin/expire', { username: 'ada' });
    expect((await app.call('GET', '/api/profile')).status).toBe(200);
    expect(await sessions()).toEqual([jasmine.objectContaining({ generation: 2 })]);
  });

  it('lives as long as somebody asks for it', async () => {
    for (let asked = 0; asked < 3; asked++) {
      test.time += 900_000;
      const { status, headers } = await app.user();
      expect(status).toBe(200);
      expect(headers.getSetCookie()[0]).toContain('Max-Age=1000');
    }
    test.time += 1_001_000;
    const late = await app.user();
    expect([late.status, late.headers.getSetCookie()[0]?.startsWith('latchkey_bff=;')]).toEqual([401, true]);
  });

  it('is ended by /admin/revoke, and by a new password', async () => {
    const grace = new CookieApp(test.url);
    await grace.signIn('grace');
    expect((await test.post('/admin/revoke', { username: 'ada' })).body).toEqual({ ended: 1 });
    expect((await app.user()).status).toBe(401);
    expect((await app.call('GET', '/api/profile')).status).toBe(401);
    expect((await grace.user()).status).toBe(200);
    await test.post('/auth/password/forgot', { email: 'grace@example.test' });
    const [pending] = (await test.get('/admin/state')).body['pendingTokens'] as readonly { token: string }[];
    await test.post('/auth/password/reset', { token: pending?.token, password: 'latchkey-new' });
    expect((await grace.user()).status).toBe(401);
    expect(await sessions()).toEqual([]);
  });

  it("is one browser's: a logout ends no other", async () => {
    const other = new CookieApp(test.url);
    await other.signIn('ada');
    expect((await app.call('POST', '/bff/logout')).status).toBe(204);
    expect([(await app.user()).status, (await other.user()).status]).toEqual([401, 200]);
  });

  it('is replaced by the next sign-in of the same browser', async () => {
    const first = app.cookie;
    expect(await app.signIn('ada')).toBe(`${PAGE}/notes`);
    expect(app.cookie).not.toBe(first);
    expect((await app.call('GET', '/bff/user', undefined, { 'x-csrf': '1', cookie: first })).status).toBe(
      401,
    );
    expect((await app.user()).status).toBe(200);
  });

  it('meets faults, by call and by path', async () => {
    await test.post('/admin/faults', { on: 'refresh', kind: 'status', status: 503 });
    expect((await app.user()).status).toBe(503);
    await test.post('/admin/faults', { on: 'any', path: '/bff/user', kind: 'html' });
    expect((await app.call('GET', '/api/profile')).status).toBe(200);
    expect((await app.user()).text).toContain('guest Wi-Fi');
    await test.post('/admin/faults', { on: 'logout', kind: 'drop' });
    await expectAsync(app.call('POST', '/bff/logout')).toBeRejected();
    expect((await app.user()).status).toBe(401);
  });

  it('is in the request log, by name and without a secret', async () => {
    await app.user();
    await app.call('POST', '/bff/logout');
    const { body, text } = await test.get('/admin/requests');
    const seen = (body['requests'] as readonly Readonly<Record<string, unknown>>[])
      .filter(({ path }) => String(path).startsWith('/bff'))
      .map(({ method, path, status, outcome = '', sub = '' }) =>
        [method, path, status, outcome, sub].join(' '),
      );
    expect(seen).toEqual([
      'GET /bff/login 303  ',
      'GET /bff/callback 303 signed_in usr_ada',
      'GET /bff/user 200  usr_ada',
      'POST /bff/logout 204 signed_out usr_ada',
    ]);
    expect(text).not.toContain(app.cookie.replace('latchkey_bff=', ''));
  });

  it('steps up by another sign-in, when an API asks for it', async () => {
    const refused = await app.call('POST', '/api/transfer');
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_user_authentication');
    const second = 'urn:latchkey:second-factor';
    const form = await app.follow(await app.login({ returnUrl: '/pay', acr_values: second, max_age: '300' }));
    expect(form.text).toContain('name="code"');
    const end = await app.follow(await app.browser.post(form.url, { code: '000000' }));
    expect(end.location).toBe(`${PAGE}/pay`);
    expect((await app.call('POST', '/api/transfer')).status).toBe(200);
    const { body } = await app.user();
    expect([body['acr'], secondsBetween(body['auth_time'], test.time)]).toEqual([second, 0]);
  });
});
