import { CookieApp, CSRF, PAGE } from '../support/cookie-app.js';
import { closeServers, startServer, type Answer, type TestServer } from '../support/test-server.js';

const CALLS = [
  ['GET', '/bff/user'],
  ['POST', '/bff/logout'],
  ['GET', '/api/profile'],
  ['POST', '/api/notes'],
] as const;

describe('the cookie of the backend for frontend', () => {
  let test: TestServer;
  let app: CookieApp;
  beforeEach(async () => {
    test = await startServer({ origins: ['https://app.example.test'] });
    app = new CookieApp(test.url);
  });
  afterEach(closeServers);

  it('is good for nothing without the header that no other site can send', async () => {
    await app.signIn();
    for (const [method, path] of CALLS) {
      for (const headers of [{}, { 'x-csrf': '0' }]) {
        const answer = await app.call(method, path, undefined, headers);
        expect([path, answer.status, answer.body['code']]).toEqual([path, 403, 'forbidden']);
      }
    }
    expect((await app.user()).status).toBe(200);
  });

  it('is good for nothing in the page of another site, header or not', async () => {
    await app.signIn();
    for (const origin of ['https://evil.test', 'null', `${PAGE}.evil.test`]) {
      for (const [method, path] of CALLS) {
        expect((await app.call(method, path, undefined, { ...CSRF, origin })).status).toBe(403);
      }
    }
    expect((await app.user()).status).toBe(200);
    expect((await app.call('GET', '/bff/user', undefined, { ...CSRF, origin: PAGE })).status).toBe(200);
  });

  it('is looked at only where there is no token', async () => {
    await app.signIn('ada');
    const { accessToken } = await test.signIn('grace');
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await app.call('GET', '/api/profile', undefined, headers)).body['username']).toBe('grace');
  });

  it('may be sent with requests of allowed pages, and of no other', async () => {
    const preflight = (origin: string): Promise<Answer> =>
      test.call('OPTIONS', '/bff/user', undefined, {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-csrf',
      });
    for (const origin of [PAGE, 'https://app.example.test']) {
      const { headers } = await preflight(origin);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-allow-headers')).toBe('x-csrf');
    }
    expect((await preflight('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is bound to its host, and sent over https only, behind a proxy that speaks https', async () => {
    const https = { 'x-forwarded-proto': 'https', host: 'localhost' };
    const login = await app.login({ returnUrl: '/' }, https);
    expect(login.headers.getSetCookie()[0]).toMatch(
      /^__Host-latchkey_bff_login=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const logout = await app.call('POST', '/bff/logout', undefined, { ...CSRF, ...https });
    expect(logout.headers.getSetCookie()[0]).toMatch(
      /^__Host-latchkey_bff=; Max-Age=0; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('is set at the address that a proxy in front of the server goes by, if it is an allowed one', async () => {
    const callback = async (host: string, proto?: string): Promise<string | null> => {
      const headers = { host, ...(proto === undefined ? {} : { 'x-forwarded-proto': proto }) };
      const answer = await test.server.app.inject({ url: '/bff/login?returnUrl=/', headers });
      const location = new URL(String(answer.headers.location));
      expect(location.origin + location.pathname).toBe(`${test.url}/oidc/auth`);
      return location.searchParams.get('redirect_uri');
    };
    expect(await callback('localhost:4200')).toBe(`${PAGE}/bff/callback`);
    expect(await callback('app.example.test', 'https')).toBe('https://app.example.test/bff/callback');
    expect(await callback('evil.test')).toBe(`${test.url}/bff/callback`);
  });

  it('leads back to paths and to allowed origins, and nowhere else', async () => {
    const back = async (returnUrl: string, referer?: string): Promise<string> => {
      const fresh = new CookieApp(test.url);
      const form = await fresh.follow(
        await fresh.login({ returnUrl }, referer === undefined ? {} : { referer }),
      );
      if (form.status !== 200) return String(form.status);
      const end = await fresh.follow(await fresh.browser.post(form.url, { cancel: 'yes' }));
      return end.location || end.url;
    };
    expect(await back('/a?b=c#d', `${PAGE}/`)).toBe(`${PAGE}/a?b=c#d`);
    expect(await back('', `${PAGE}/`)).toBe(`${PAGE}/`);
    expect(await back('/a', 'https://app.example.test/x')).toBe('https://app.example.test/a');
    expect(await back('http://localhost:8100/a')).toBe('http://localhost:8100/a');
    for (const referer of [undefined, 'https://evil.test/', 'nonsense']) {
      expect(await back('/a', referer)).toBe(`${test.url}/a`);
    }
    for (const foreign of [
      'https://evil.test/',
      '//evil.test/',
      '/\\evil.test',
      '/\t/evil.test',
      'http://localhost.evil.test/',
      'http://user@localhost:4200/',
      'javascript:alert(1)',
      'http://',
    ]) {
      expect([foreign, await back(foreign, `${PAGE}/`)]).toEqual([foreign, '400']);
    }
  });

  it('is set by the end of a sign-in that began in the same browser, once', async () => {
    const form = await app.follow(await app.login());
    const issuer = await app.browser.post(form.url, { username: 'ada', password: 'latchkey-ada' });
    const callback = (await app.browser.get(issuer.location)).location;
    expect(callback).toContain('/bff/callback?code=');
    const stranger = new CookieApp(test.url);
    await stranger.login();
    for (const url of [callback, `${test.url}/bff/callback?code=x&state=y`]) {
      const page = await stranger.browser.get(url);
      expect([page.status, page.text.includes('This sign-in is over'), stranger.cookie]).toEqual([
        400,
        true,
        '',
      ]);
    }
  });
});
