import { CookieApp, PAGE } from '../support/cookie-app.js';
import { closeServers, startServer, type TestServer } from '../support/test-server.js';

describe('the backend for frontend', () => {
  let test: TestServer;
  let app: CookieApp;
  beforeEach(async () => {
    test = await startServer({ refreshTokenLifetime: 5000 });
    app = new CookieApp(test.url);
  });
  afterEach(closeServers);

  it('leads to the sign-in page of the issuer and back to the page, with a cookie that no script can read', async () => {
    const form = await app.follow(await app.login());
    expect(form.text).toContain('<form method="post">');
    const callback = await app.browser.post(form.url, { username: 'ada', password: 'latchkey-ada' });
    const end = await app.follow(callback);
    expect([end.status, end.location]).toEqual([303, `${PAGE}/notes`]);
    expect(end.headers.getSetCookie()).toEqual([
      jasmine.stringMatching(/^latchkey_bff=[\w-]{43}; Max-Age=5000; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
  });

  it('says who is signed in, and nothing that opens an API', async () => {
    await app.signIn('ada');
    const { status, body, text } = await app.user();
    expect(status).toBe(200);
    expect(body).toEqual(
      jasmine.objectContaining({
        sub: 'usr_ada',
        name: 'Ada Lovelace',
        email: 'ada@example.test',
        roles: ['admin', 'user'],
        permissions: ['reports:read', 'reports:write'],
      }),
    );
    expect(text).not.toContain('eyJ');
  });

  it('says so when nobody is signed in', async () => {
    const { status, body, headers } = await app.user();
    expect([status, body['code']]).toEqual([401, 'no_session']);
    expect(headers.get('content-type')).toContain('application/json');
  });

  it('opens the sample APIs by the same rules as a token', async () => {
    await app.signIn('linus');
    const paths = ['public', 'profile', 'admin', 'reports'];
    const answers = await Promise.all(paths.map(path => app.call('GET', `/api/${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403, 403]);
    expect((await app.call('POST', '/api/notes', { text: 'Note' })).status).toBe(201);
  });

  it('ends with a logout, in the browser too', async () => {
    await app.signIn();
    const { cookie } = app;
    const logout = await app.call('POST', '/bff/logout');
    expect([logout.status, logout.text]).toEqual([204, '']);
    expect(logout.headers.getSetCookie()[0]).toMatch(/^latchkey_bff=; Max-Age=0; Path=\/; /);
    expect(app.cookie).toBe(cookie);
    expect((await app.user()).status).toBe(401);
    expect((await app.call('GET', '/api/profile')).body['code']).toBe('invalid_token');
    expect((await app.follow(await app.login())).text).toContain('<form method="post">');
    expect((await app.call('POST', '/bff/logout')).status).toBe(204);
  });
});
