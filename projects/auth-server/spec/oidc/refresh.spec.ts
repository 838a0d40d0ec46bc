import { decodeJwt } from 'jose';
import { OpenIdClient, tokensOf } from '../support/openid-client.js';
import { closeServers, startServer } from '../support/test-server.js';

describe('refreshing with OpenID', () => {
  afterEach(closeServers);

  it('rotates the refresh token and counts the generation up', async () => {
    const test = await startServer();
    const client = new OpenIdClient(test.url);
    const first = await client.tokens();
    const second = tokensOf(await client.refresh(first.refreshToken));
    const third = tokensOf(await client.refresh(second.refreshToken));
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect([first, second, third].map(({ accessToken }) => decodeJwt(accessToken)['gen'])).toEqual([0, 1, 2]);
    expect(decodeJwt(third.idToken)).toEqual(
      jasmine.objectContaining({ sub: 'usr_ada', nonce: 'the-nonce' }),
    );
    expect(third.body['scope']).toBe('openid profile email roles offline_access');
  });

  it('ends the family when a used token comes back', async () => {
    const test = await startServer({ rotation: 'strict' });
    const client = new OpenIdClient(test.url);
    const { refreshToken } = await client.tokens();
    const next = tokensOf(await client.refresh(refreshToken));
    const reuse = await client.refresh(refreshToken);
    expect([reuse.status, reuse.body['error']]).toEqual([400, 'invalid_grant']);
    expect((await client.refresh(next.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await test.get('/api/profile', next.accessToken)).status).toBe(401);
  });

  it('sees through uses at the same time', async () => {
    const test = await startServer({ rotation: 'strict' });
    const client = new OpenIdClient(test.url);
    const { refreshToken } = await client.tokens();
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.refresh(refreshToken)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });

  it('forgives a repeat within the overlap, with a successor of its own, and not after it', async () => {
    const test = await startServer({ rotation: 'grace', overlap: 30 });
    const client = new OpenIdClient(test.url);
    const { refreshToken } = await client.tokens();
    const next = tokensOf(await client.refresh(refreshToken));
    test.time += 30_000;
    const repeat = tokensOf(await client.refresh(refreshToken));
    expect(repeat.refreshToken).not.toBe(next.refreshToken);
    expect((await client.refresh(next.refreshToken)).status).toBe(200);
    test.time += 1_000;
    expect((await client.refresh(refreshToken)).body['error']).toBe('invalid_grant');
    expect((await client.refresh(repeat.refreshToken)).body['error']).toBe('invalid_grant');
  });

  it('is possible only with offline_access', async () => {
    const test = await startServer();
    const client = new OpenIdClient(test.url);
    const callback = await client.signIn('ada', client.parameters({ scope: 'openid profile' }));
    const { refreshToken, body } = tokensOf(await client.redeem(callback));
    expect([refreshToken, body['scope']]).toEqual(['', 'openid profile']);
  });

  it('follows the lifetimes and the clock of the server', async () => {
    const test = await startServer({ accessTokenLifetime: 60, refreshTokenLifetime: 600 });
    const client = new OpenIdClient(test.url);
    const { accessToken, idToken, refreshToken, body } = await client.tokens();
    expect(body['expires_in']).toBe(60);
    const issued = decodeJwt(accessToken);
    for (const time of [issued.iat, decodeJwt(idToken).iat]) {
      expect(Math.abs((time ?? 0) - test.time / 1000)).toBeLessThan(3);
    }
    await test.post('/admin/settings', { accessTokenLifetime: 5 });
    const next = tokensOf(await client.refresh(refreshToken));
    expect(next.body['expires_in']).toBe(5);
    expect((await test.get('/api/profile', next.accessToken)).status).toBe(200);
    await test.post('/admin/clock', { offset: 10 });
    expect((await test.get('/api/profile', next.accessToken)).status).toBe(401);
    expect((await test.get('/api/profile', accessToken)).status).toBe(200);
    test.time += 600_000;
    expect((await client.refresh(next.refreshToken)).body['error']).toBe('invalid_grant');
  });
});
