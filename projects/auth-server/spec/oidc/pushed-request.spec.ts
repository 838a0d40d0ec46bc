import { OpenIdClient, postForm, tokensOf } from '../support/openid-client.js';
import { closeServers, startServer } from '../support/test-server.js';

describe('pushed authorization requests', () => {
  afterEach(closeServers);

  it('stand for their parameters, offline_access included', async () => {
    const client = new OpenIdClient((await startServer()).url);
    const pushed = await postForm(`${client.issuer}/request`, client.parameters());
    expect(pushed.status).toBe(201);
    const request_uri = String(pushed.body['request_uri']);
    const callback = await client.signIn('ada', { client_id: client.clientId, request_uri });
    expect(callback.searchParams.get('state')).toBe('the-state');
    const { refreshToken, body } = tokensOf(await client.redeem(callback));
    expect(refreshToken).not.toBe('');
    expect(body['scope']).toBe('openid profile email roles offline_access');
    const again = await client.authorize({ client_id: client.clientId, request_uri });
    expect(again.status).toBe(400);
  });

  it('are refused for a foreign address', async () => {
    const client = new OpenIdClient((await startServer()).url);
    const redirect_uri = 'https://evil.test/';
    const answer = await postForm(`${client.issuer}/request`, client.parameters({ redirect_uri }));
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request']);
  });
});
