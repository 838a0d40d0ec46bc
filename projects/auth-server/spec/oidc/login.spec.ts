import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { OpenIdClient, tokensOf } from '../support/openid-client.js';
import { closeServers, startServer, type TestServer } from '../support/test-server.js';

describe('signing in with OpenID', () => {
  let test: TestServer;
  let client: OpenIdClient;
  beforeEach(async () => {
    test = await startServer();
    client = new OpenIdClient(test.url);
  });
  afterEach(closeServers);

  it('is announced by discovery', async () => {
    const { status, body } = await test.get('/oidc/.well-known/openid-configuration');
    expect(status).toBe(200);
    expect(body).toEqual(
      jasmine.objectContaining({
        issuer: `${test.url}/oidc`,
        authorization_endpoint: `${test.url}/oidc/auth`,
        token_endpoint: `${test.url}/oidc/token`,
        userinfo_endpoint: `${test.url}/oidc/me`,
        jwks_uri: `${test.url}/oidc/jwks`,
        revocation_endpoint: `${test.url}/oidc/token/revocation`,
        end_session_endpoint: `${test.url}/oidc/session/end`,
        pushed_authorization_request_endpoint: `${test.url}/oidc/request`,
        code_challenge_methods_supported: ['S256'],
        response_types_supported: ['code'],
        token_endpoint_auth_methods_supported: ['none'],
        dpop_signing_alg_values_supported: ['ES256', 'Ed25519', 'EdDSA'],
        authorization_response_iss_parameter_supported: true,
      }),
    );
    expect(body['introspection_endpoint']).toBeUndefined();
  });

  it('leads from the form by code to tokens that say who it is', async () => {
    const callback = await client.signIn('ada');
    expect(callback.href).toMatch(/^http:\/\/localhost:4200\/auth\/callback\?code=/);
    expect(callback.searchParams.get('state')).toBe('the-state');
    expect(callback.searchParams.get('iss')).toBe(client.issuer);
    const answer = await client.redeem(callback);
    expect(answer.status).toBe(200);
    const { idToken, accessToken, refreshToken, body } = tokensOf(answer);
    expect([body['token_type'], body['expires_in']]).toEqual(['Bearer', 900]);
    expect(body['scope']).toBe('openid profile email roles offline_access');
    expect(refreshToken).not.toBe('');

    const keys = createRemoteJWKSet(new URL(`${client.issuer}/jwks`));
    const { payload } = await jwtVerify(idToken, keys, {
      issuer: client.issuer,
      audience: client.clientId,
      currentDate: new Date(test.time),
    });
    expect(payload).toEqual(
      jasmine.objectContaining({
        sub: 'usr_ada',
        nonce: 'the-nonce',
        name: 'Ada Lovelace',
        preferred_username: 'ada',
        email: 'ada@example.test',
        email_verified: true,
        roles: ['admin', 'user'],
        permissions: ['reports:read', 'reports:write'],
      }),
    );
    expect(decodeJwt(accessToken)).toEqual(
      jasmine.objectContaining({ sub: 'usr_ada', aud: `${test.url}/api`, roles: ['admin', 'user'], gen: 0 }),
    );
  });

  it('shows the form again after a wrong password, with what was typed and why', async () => {
    const form = await client.follow(await client.authorize());
    expect([form.status, form.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const again = await client.browser.post(form.url, { username: 'ada"><b>', password: 'wrong' });
    expect(again.status).toBe(200);
    expect(again.text).toContain('The user name or the password is wrong.');
    expect(again.text).toContain('value="ada&#34;&#62;&#60;b&#62;"');
    expect(again.text).not.toContain('wrong"');
    const end = await client.browser.post(form.url, {
      username: 'ada@example.test',
      password: 'latchkey-ada',
    });
    expect((await client.follow(end)).location).toContain('code=');
  });

  it('loads nothing from elsewhere and runs no script on the form', async () => {
    const { text, headers } = await client.follow(await client.authorize());
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(/<script|\s(on\w+|style)=|(src|href)=/.test(text)).toBe(false);
  });

  it('takes registered users too', async () => {
    await test.post('/auth/register', { username: 'mary', password: 'latchkey-mary' });
    const { idToken } = await client.tokens('mary');
    expect(decodeJwt(idToken)).toEqual(
      jasmine.objectContaining({ preferred_username: 'mary', roles: ['user'] }),
    );
  });

  it('tells the app when the user cancels', async () => {
    const form = await client.follow(await client.authorize());
    const end = new URL(
      (await client.follow(await client.browser.post(form.url, { cancel: 'yes' }))).location,
    );
    expect([end.searchParams.get('error'), end.searchParams.get('state')]).toEqual([
      'access_denied',
      'the-state',
    ]);
  });

  it('is silent where the browser is signed in already, and says login_required where it is not', async () => {
    const silent = client.parameters({ prompt: 'none' });
    const before = new URL((await client.authorize(silent)).location);
    expect(before.searchParams.get('error')).toBe('login_required');
    await client.signIn('grace');
    const after = new URL((await client.authorize(silent)).location);
    expect(decodeJwt(tokensOf(await client.redeem(after)).idToken).sub).toBe('usr_grace');
  });

  it('asks again when it is told to, and needs no click for prompt=consent', async () => {
    await client.signIn();
    const login = await client.follow(await client.authorize(client.parameters({ prompt: 'login' })));
    expect(login.text).toContain('<form method="post">');
    const consent = await client.follow(await client.authorize(client.parameters({ prompt: 'consent' })));
    expect(consent.location).toContain('code=');
  });

  it('goes back to any address of this machine and to no other', async () => {
    for (const redirect_uri of [
      'http://127.0.0.1:8080/',
      'http://[::1]:1/a/b?c=d',
      'https://localhost/callback',
    ]) {
      expect((await client.authorize(client.parameters({ redirect_uri }))).status).toBe(303);
    }
    const { redirect_uri: _, ...without } = client.parameters();
    expect((await client.authorize(without)).status).toBe(400);
    for (const redirect_uri of ['https://evil.test/', 'http://localhost.evil.test/', 'http://u@localhost/']) {
      const page = await client.authorize(client.parameters({ redirect_uri }));
      expect([page.status, page.location]).toEqual([400, '']);
      expect(page.text).toContain('redirect_uri');
    }
  });

  it('insists on PKCE with S256, and on the right verifier', async () => {
    const { code_challenge, code_challenge_method, ...bare } = client.parameters();
    expect((await client.authorize(bare)).location).toContain('error=invalid_request');
    const plain = { ...bare, code_challenge: code_challenge ?? '', code_challenge_method: 'plain' };
    expect((await client.authorize(plain)).location).toContain('error=invalid_request');
    expect(code_challenge_method).toBe('S256');

    const callback = await client.signIn();
    const thief = new OpenIdClient(test.url);
    const wrong = await thief.redeem(callback);
    expect([wrong.status, wrong.body['error']]).toEqual([400, 'invalid_grant']);
    expect((await client.redeem(callback)).status).toBe(200);
    expect((await client.redeem(callback)).body['error']).toBe('invalid_grant');
  });

  it('knows each name of this machine as an issuer of its own', async () => {
    const local = new OpenIdClient(test.url.replace('127.0.0.1', 'localhost'), 'latchkey-spa');
    const callback = await local.signIn();
    expect(callback.searchParams.get('iss')).toBe(local.issuer);
    const { idToken, accessToken } = tokensOf(await local.redeem(callback));
    expect(decodeJwt(idToken).iss).toBe(local.issuer);
    expect((await test.get('/api/profile', accessToken)).status).toBe(200);
  });

  it("says so when the sign-in is not this browser's", async () => {
    const form = await client.follow(await client.authorize());
    const stranger = new OpenIdClient(test.url);
    const page = await stranger.browser.get(form.url);
    expect([page.status, page.text.includes('This sign-in is over')]).toEqual([400, true]);
  });
});
