import { closeServers, complaintsOf, grantOf, startServer, type TestServer } from './support/test-server.js';

interface Pending {
  readonly kind: string;
  readonly username: string;
  readonly token: string;
}

describe('password reset and e-mail verification', () => {
  let test: TestServer;
  beforeEach(async () => (test = await startServer({})));
  afterEach(closeServers);

  const pending = async (): Promise<readonly Pending[]> =>
    (await test.get('/admin/state')).body['pendingTokens'] as readonly Pending[];

  it('changes the password once, and ends the sessions that began with the old one', async () => {
    const { refreshToken } = await test.signIn('grace');
    expect((await test.post('/auth/password/forgot', { email: 'grace@example.test' })).status).toBe(202);
    const [waiting] = await pending();
    expect(waiting).toEqual(jasmine.objectContaining({ kind: 'password-reset', username: 'grace' }));
    const change = { token: waiting?.token, password: 'another-secret' };
    expect((await test.post('/auth/password/reset', change)).status).toBe(204);
    expect((await test.refresh(refreshToken)).body['reason']).toBe('revoked');
    const login = (password: string): Promise<number> =>
      test.post('/auth/login', { username: 'grace', password }).then(({ status }) => status);
    expect([await login('latchkey-grace'), await login('another-secret')]).toEqual([401, 200]);
    expect((await test.post('/auth/password/reset', change)).body['code']).toBe('invalid_request');
  });

  it('does not tell whether an address is known', async () => {
    const known = await test.post('/auth/password/forgot', { email: 'ada@example.test' });
    const unknown = await test.post('/auth/password/forgot', { email: 'nobody@example.test' });
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  });

  it('refuses a reset token that is an hour old', async () => {
    await test.post('/auth/password/forgot', { email: 'ada@example.test' });
    const [waiting] = await pending();
    test.time += 3_600_000;
    const answer = await test.post('/auth/password/reset', {
      token: waiting?.token,
      password: 'another-secret',
    });
    expect(complaintsOf(answer)).toEqual(['token']);
  });

  it('verifies the address of a registered user', async () => {
    const input = { username: 'mary', password: 'latchkey-mary', email: 'mary@example.test' };
    const { accessToken } = grantOf(await test.post('/auth/register', input));
    const [waiting] = await pending();
    expect((await test.post('/auth/email/verify', { token: waiting?.token })).status).toBe(204);
    expect((await test.get('/auth/me', accessToken)).body['emailVerified']).toBe(true);
    expect((await test.post('/auth/email/verify', { token: 'made-up' })).status).toBe(400);
  });
});
