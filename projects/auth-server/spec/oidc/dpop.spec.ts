import { athOf, createDpopKey, type Prove } from '../support/dpop-key.js';
import { OpenIdClient } from '../support/openid-client.js';
import { bearer, closeServers, startServer, type Answer, type TestServer } from '../support/test-server.js';

describe('DPoP', () => {
  let test: TestServer;
  let client: OpenIdClient;
  let prove: Prove;
  beforeEach(async () => {
    test = await startServer();
    client = new OpenIdClient(test.url);
    prove = await createDpopKey();
  });
  afterEach(closeServers);

  const boundToken = async (nonce?: string): Promise<Answer> =>
    client.redeem(
      await client.signIn(),
      await prove('POST', `${client.issuer}/token`, nonce ? { nonce } : {}),
    );
  const callApi = (token: string, proof: Readonly<Record<string, string>>): Promise<Answer> =>
    test.call('GET', '/api/profile?x=1', undefined, { authorization: `DPoP ${token}`, ...proof });

  it('binds the tokens to the key, at the API and at the userinfo endpoint', async () => {
    const { status, body } = await boundToken();
    expect([status, body['token_type']]).toEqual([200, 'DPoP']);
    const token = String(body['access_token']);
    const ath = athOf(token);
    const url = `${test.url}/api/profile`;
    const proof = await prove('GET', url, { ath });
    expect((await callApi(token, proof)).status).toBe(200);
    expect((await callApi(token, proof)).body['code']).toBe('invalid_dpop_proof');

    const thief = await createDpopKey();
    const wrong = [
      {},
      { dpop: 'nonsense' },
      await thief('GET', url, { ath }),
      await prove('POST', url, { ath }),
      await prove('GET', `${url}/other`, { ath }),
      await prove('GET', url, { ath: athOf('another') }),
      await prove('GET', url, { ath, iat: 1 }),
    ];
    for (const headers of wrong) {
      const answer = await callApi(token, headers);
      expect([answer.status, answer.body['code']]).toEqual([401, 'invalid_dpop_proof']);
      expect(answer.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_dpop_proof", algs="ES256/);
    }
    const stolen = await test.call('GET', '/api/profile', undefined, bearer(token));
    expect([stolen.status, stolen.body['code']]).toEqual([401, 'invalid_token']);

    const me = { authorization: `DPoP ${token}`, ...(await prove('GET', `${client.issuer}/me`, { ath })) };
    expect((await test.call('GET', '/oidc/me', undefined, me)).body['sub']).toBe('usr_ada');
  });

  it('asks for its nonces when they are required', async () => {
    await test.post('/admin/settings', { dpopNonce: 'required' });
    const refused = await boundToken();
    expect([refused.status, refused.body['error']]).toEqual([400, 'use_dpop_nonce']);
    const answer = await boundToken(refused.headers.get('dpop-nonce') ?? '');
    expect(answer.status).toBe(200);

    const token = String(answer.body['access_token']);
    const claims = { ath: athOf(token) };
    const url = `${test.url}/api/profile`;
    const challenge = await callApi(token, await prove('GET', url, claims));
    expect([challenge.status, challenge.body['error']]).toEqual([401, 'use_dpop_nonce']);
    const nonce = challenge.headers.get('dpop-nonce');
    expect((await callApi(token, await prove('GET', url, { ...claims, nonce }))).status).toBe(200);
    expect((await callApi(token, await prove('GET', url, { ...claims, nonce: 'x' }))).body['error']).toBe(
      'use_dpop_nonce',
    );
  });

  it('binds the refresh token too', async () => {
    const refreshToken = String((await boundToken()).body['refresh_token']);
    const bare = await client.refresh(refreshToken);
    expect(bare.body['error']).toBe('invalid_grant');
    const proof = await prove('POST', `${client.issuer}/token`);
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await client.token(form, proof)).body['token_type']).toBe('DPoP');
  });
});
