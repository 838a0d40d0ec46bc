import { closeServers, cookieOf, startServer, type Answer, type TestServer } from './support/test-server.js';

const FRIEND = 'http://localhost:4200';
const STRANGER = 'https://localhost.evil.test';

describe('the cookie transport', () => {
  let test: TestServer;
  let login: Answer;
  beforeEach(async () => {
    test = await startServer({ refreshTokenLifetime: 1000 });
    login = await test.post('/cookie/auth/login', { username: 'ada', password: 'latchkey-ada' });
  });
  afterEach(closeServers);

  const send = (
    path: string,
    cookie: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => test.call('POST', `/cookie/auth/${path}`, {}, { cookie, ...headers });

  it('keeps the refresh token out of the body and out of the reach of script', () => {
    expect(login.status).toBe(200);
    expect(Object.keys(login.body)).toEqual(['user', 'accessToken', 'expiresIn', 'tokenType']);
    expect(login.headers.getSetCookie()[0]).toMatch(
      /^latchkey_refresh=[\w-]{43}; Max-Age=1000; Path=\/cookie\/auth; HttpOnly; SameSite=Strict$/,
    );
  });

  it('refreshes by the cookie and rotates it', async () => {
    const answer = await send('refresh', cookieOf(login), { origin: FRIEND });
    expect(answer.status).toBe(200);
    expect(answer.body['refreshToken']).toBeUndefined();
    expect(cookieOf(answer)).toMatch(/^latchkey_refresh=/);
    expect(cookieOf(answer)).not.toBe(cookieOf(login));
    expect(cookieOf(await send('refresh', cookieOf(login)))).toBe(cookieOf(answer));
  });

  it('refuses the page of another site, and does not rotate for it', async () => {
    for (const origin of [STRANGER, 'null', 'http://localhost:4200.evil.test']) {
      const answer = await send('refresh', cookieOf(login), { origin });
      expect([answer.status, answer.body['code']]).toEqual([403, 'forbidden']);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect((await test.get('/admin/state')).body['sessions']).toEqual([
      jasmine.objectContaining({ generation: 0 }),
    ]);
  });

  it('refuses what a form can send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/plain;application/json']) {
      const answer = await send('refresh', cookieOf(login), { 'content-type': type });
      expect([answer.status, answer.body['code']]).toEqual([415, 'unsupported_media_type']);
    }
    const bare = await test.call('POST', '/cookie/auth/logout', undefined, { cookie: cookieOf(login) });
    expect(bare.status).toBe(415);
  });

  it('clears the cookie at logout and when a refresh is refused', async () => {
    const logout = await send('logout', cookieOf(login));
    expect(logout.status).toBe(204);
    expect(logout.headers.getSetCookie()[0]).toMatch(/^latchkey_refresh=; Max-Age=0; Path=\/cookie\/auth;/);
    const refresh = await send('refresh', cookieOf(login));
    expect([refresh.status, refresh.body['reason']]).toEqual([401, 'revoked']);
    expect(refresh.headers.getSetCookie()[0]).toMatch(/^latchkey_refresh=;/);
  });

  it('says that nobody is signed in when there is no cookie', async () => {
    const answer = await send('refresh', '');
    expect([answer.status, answer.body['reason']]).toEqual([401, 'unknown']);
    expect((await send('logout', '')).status).toBe(204);
  });

  it('does not take a token of one transport over the other', async () => {
    const token = cookieOf(login).replace('latchkey_refresh=', '');
    expect((await test.refresh(token)).body['reason']).toBe('unknown');
    const { refreshToken } = await test.signIn();
    expect((await send('refresh', `latchkey_refresh=${refreshToken}`)).body['reason']).toBe('unknown');
  });
});
