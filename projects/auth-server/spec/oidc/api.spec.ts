import { decodeJwt, SignJWT, generateKeyPair } from 'jose';
import { OpenIdClient, postForm } from '../support/openid-client.js';
import { bearer, call, closeServers, startServer, type TestServer } from '../support/test-server.js';

describe('access tokens of the OpenID issuer', () => {
  let test: TestServer;
  let client: OpenIdClient;
  beforeEach(async () => {
    test = await startServer();
    client = new OpenIdClient(test.url);
  });
  afterEach(closeServers);

  it("open the sample APIs by the same rules as the server's own", async () => {
    const paths = ['public', 'profile', 'admin', 'reports'];
    const statuses = async (token: string): Promise<number[]> =>
      (await Promise.all(paths.map(path => test.get(`/api/${path}`, token)))).map(({ status }) => status);
    expect(await statuses((await client.tokens('ada')).accessToken)).toEqual([200, 200, 200, 200]);
    const linus = new OpenIdClient(test.url);
    expect(await statuses((await linus.tokens('linus')).accessToken)).toEqual([200, 200, 403, 403]);
  });

  it('are refused when another key signed them', async () => {
    const { accessToken } = await client.tokens();
    const { privateKey } = await generateKeyPair('RS256');
    const header = { alg: 'RS256', typ: 'at+jwt' };
    const forged = await new SignJWT(decodeJwt(accessToken)).setProtectedHeader(header).sign(privateKey);
    const answer = await test.get('/api/profile', forged);
    expect([answer.status, answer.body['code']]).toEqual([401, 'invalid_token']);
    const idToken = (await client.tokens()).idToken;
    expect((await test.get('/api/profile', idToken)).status).toBe(401);
  });

  it('tell who it is at the userinfo endpoint', async () => {
    const { accessToken } = await client.tokens('grace');
    const { status, body } = await test.get('/oidc/me', accessToken);
    expect(status).toBe(200);
    expect(body).toEqual({
      sub: 'usr_grace',
      name: 'Grace Hopper',
      preferred_username: 'grace',
      email: 'grace@example.test',
      email_verified: true,
      roles: ['user'],
      permissions: ['reports:read'],
    });
    const refused = await test.get('/oidc/me', 'nonsense');
    expect([refused.status, refused.body['error']]).toEqual([401, 'invalid_token']);
  });

  it('end with /admin/expire, and everything with /admin/revoke', async () => {
    const { accessToken, refreshToken } = await client.tokens('ada');
    const grace = new OpenIdClient(test.url);
    const other = await grace.tokens('grace');
    await test.post('/admin/expire', { username: 'ada' });
    expect((await test.get('/api/profile', accessToken)).status).toBe(401);
    expect((await test.get('/oidc/me', accessToken)).status).toBe(401);
    expect((await test.get('/api/profile', other.accessToken)).status).toBe(200);
    expect((await client.refresh(refreshToken)).status).toBe(200);

    const { body } = await test.get('/admin/state');
    expect(body['sessions']).toContain(
      jasmine.objectContaining({ username: 'ada', transport: 'openid', generation: 1, status: 'open' }),
    );
    expect((await test.post('/admin/revoke', { username: 'grace' })).body).toEqual({ ended: 1 });
    expect((await grace.refresh(other.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await test.get('/api/profile', other.accessToken)).status).toBe(401);
    const silent = await grace.authorize(grace.parameters({ prompt: 'none' }));
    expect(silent.location).toContain('error=login_required');
    await test.post('/admin/reset');
    expect((await test.get('/admin/state')).body['sessions']).toEqual([]);
  });

  it('end with the refresh token that is revoked', async () => {
    const { accessToken, refreshToken } = await client.tokens();
    const form = { token: refreshToken, client_id: client.clientId };
    expect((await postForm(`${client.issuer}/token/revocation`, form)).status).toBe(200);
    expect((await client.refresh(refreshToken)).body['error']).toBe('invalid_grant');
    expect((await test.get('/api/profile', accessToken)).status).toBe(401);
    const jwt = await postForm(`${client.issuer}/token/revocation`, { ...form, token: accessToken });
    expect([jwt.status, jwt.body['error']]).toEqual([400, 'unsupported_token_type']);
  });

  it('can be had by pages of this machine and read by no other', async () => {
    const { accessToken } = await client.tokens();
    const origin = 'http://localhost:4200';
    const read = async (from: string): Promise<string | null> =>
      (
        await call(`${client.issuer}/me`, 'GET', undefined, { ...bearer(accessToken), origin: from })
      ).headers.get('access-control-allow-origin');
    expect(await read(origin)).toBe(origin);
    expect(await read('https://evil.test')).toBeNull();
    const before = await test.call('OPTIONS', '/oidc/token', undefined, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'dpop',
    });
    expect([before.status, before.headers.get('access-control-allow-headers')]).toEqual([204, 'dpop']);
    const foreign = await client.token(
      { grant_type: 'refresh_token', refresh_token: 'x' },
      { origin: 'https://evil.test' },
    );
    expect([foreign.status, foreign.body['error']]).toEqual([400, 'invalid_request']);
  });

  it("are for this server's own resources only", async () => {
    const elsewhere = await client.authorize(client.parameters({ resource: 'https://elsewhere.test/' }));
    expect(elsewhere.location).toContain('error=invalid_target');
    const resource = `${test.url}/api/notes`;
    const callback = await client.signIn('ada', client.parameters({ resource }));
    expect(decodeJwt(String((await client.redeem(callback)).body['access_token'])).aud).toBe(resource);
  });
});
