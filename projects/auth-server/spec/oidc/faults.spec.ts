import { OpenIdClient, tokensOf } from '../support/openid-client.js';
import { closeServers, startServer, type TestServer } from '../support/test-server.js';

describe('faults at the OpenID issuer', () => {
  let test: TestServer;
  let client: OpenIdClient;
  beforeEach(async () => {
    test = await startServer({ rotation: 'strict' });
    client = new OpenIdClient(test.url);
  });
  afterEach(closeServers);

  const fault = async (description: Readonly<Record<string, unknown>>): Promise<void> => {
    expect((await test.post('/admin/faults', description)).status).toBe(201);
  };

  it('tell a refresh from the end of a login', async () => {
    await fault({ on: 'refresh', kind: 'status', status: 503, retryAfter: 3 });
    const { refreshToken } = await client.tokens();
    const refused = await client.refresh(refreshToken);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '3']);
    await fault({ on: 'login', kind: 'status', status: 500 });
    const next = await client.refresh(refreshToken);
    expect(next.status).toBe(200);
    expect((await client.redeem(await client.signIn())).status).toBe(500);
  });

  it('meet one path only when one is named', async () => {
    await fault({ on: 'any', path: '/oidc/.well-known/openid-configuration', kind: 'html' });
    expect((await test.get('/oidc/jwks')).status).toBe(200);
    const page = await test.get('/oidc/.well-known/openid-configuration');
    expect(page.text).toContain('guest Wi-Fi');
    expect((await test.get('/oidc/.well-known/openid-configuration')).body['issuer']).toBe(client.issuer);
    await fault({ on: 'api', path: '/oidc/me', kind: 'redirect' });
    expect((await test.get('/api/public')).status).toBe(200);
    expect((await test.get('/oidc/me')).headers.get('location')).toBe('/portal');
  });

  it('answer a 400 in the words of OAuth', async () => {
    await fault({ on: 'refresh', kind: 'status', status: 400 });
    const { status, body } = await client.refresh('whatever');
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
  });

  it('do the work and drop the answer', async () => {
    const { refreshToken } = await client.tokens();
    await fault({ on: 'refresh', kind: 'drop' });
    await expectAsync(client.refresh(refreshToken)).toBeRejected();
    const { body } = await test.get('/admin/requests');
    expect(body['requests']).toContain(
      jasmine.objectContaining({ path: '/oidc/token', status: 0, fault: 'drop', outcome: 'rotated', gen: 1 }),
    );
    expect((await client.refresh(refreshToken)).body['error']).toBe('invalid_grant');
  });

  it('and everything else is in the request log, without a secret', async () => {
    const callback = await client.signIn('grace');
    const tokens = tokensOf(await client.redeem(callback));
    await client.refresh(tokens.refreshToken);
    await client.refresh(tokens.refreshToken);
    await test.get('/oidc/me', tokens.accessToken);
    const { body, text } = await test.get('/admin/requests');
    const seen = body['requests'] as readonly Readonly<Record<string, unknown>>[];
    const calls = seen.map(({ method, path, outcome = '', sub = '' }) =>
      [method, String(path).replace(/(auth|interaction)\/.*/, '$1/…'), outcome, sub].join(' ').trim(),
    );
    expect(calls).toEqual([
      'GET /oidc/auth',
      'GET /oidc/interaction/…',
      'POST /oidc/interaction/… signed_in usr_grace',
      'GET /oidc/auth/…',
      'POST /oidc/token signed_in usr_grace',
      'POST /oidc/token rotated usr_grace',
      'POST /oidc/token reused',
      'GET /oidc/me invalid_token',
    ]);
    const code = callback.searchParams.get('code') ?? '';
    for (const secret of [code, tokens.accessToken, tokens.refreshToken, 'latchkey-grace', client.verifier]) {
      expect(text.includes(secret)).toBe(false);
    }
  });
});
