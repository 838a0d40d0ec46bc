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
});
