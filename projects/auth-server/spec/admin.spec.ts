import { request } from 'node:http';
import { closeServers, grantOf, startServer, type TestServer } from './support/test-server.js';

describe('the admin endpoints', () => {
  let test: TestServer;
  beforeEach(async () => (test = await startServer({ accessTokenLifetime: 60 })));
  afterEach(closeServers);

  /** `fetch` sets the Host header itself; this does not. */
  const statusFor = (path: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const outgoing = request(`${test.url}${path}`, { headers }, answer => {
        answer.resume();
        resolve(answer.statusCode);
      });
      outgoing.on('error', reject).end();
    });

  it('answer only those who address this machine as itself', async () => {
    for (const host of ['localhost:3333', '127.0.0.1', '[::1]:3333', 'LOCALHOST']) {
      expect(await statusFor('/admin/state', { host })).toBe(200);
    }
    for (const host of [
      'evil.test',
      'localhost.evil.test',
      '127.0.0.1.evil.test',
      '192.168.1.7:3333',
      'x@localhost',
    ]) {
      expect(await statusFor('/admin/state', { host })).toBe(403);
    }
    expect(await statusFor('/api/public', { host: 'evil.test' })).toBe(200);
  });

  it('refuse the pages of other sites', async () => {
    const headers = { origin: 'https://evil.test' };
    const answer = await test.call('POST', '/admin/reset', undefined, headers);
    expect([answer.status, answer.body['code']]).toEqual([403, 'forbidden']);
    expect(
      (await test.call('GET', '/admin/state', undefined, { origin: 'http://localhost:4200' })).status,
    ).toBe(200);
  });

  it('show users and sessions without any secret', async () => {
    const { accessToken, refreshToken } = await test.signIn();
    const state = await test.get('/admin/state');
    expect(state.body['users']).toEqual([
      jasmine.objectContaining({ username: 'ada' }),
      jasmine.objectContaining({ username: 'grace' }),
      jasmine.objectContaining({ username: 'linus', emailVerified: false }),
    ]);
    expect(state.body['sessions']).toEqual([
      jasmine.objectContaining({ username: 'ada', status: 'open', transport: 'body', generation: 0 }),
    ]);
    for (const secret of [accessToken, refreshToken, '$argon2', 'latchkey-ada', 'secret']) {
      expect(state.text.includes(secret)).toBe(false);
    }
  });

  it('log the calls, from any number on, without queries and without themselves', async () => {
    const { accessToken } = await test.signIn();
    await test.get('/api/profile?token=hidden', accessToken);
    await test.get('/api/profile');
    const { body, text } = await test.get('/admin/requests?since=1');
    const common = { at: '2026-01-01T00:00:00.000Z', method: 'GET', path: '/api/profile' };
    expect(body).toEqual({
      next: 3,
      requests: [
        { n: 2, ...common, status: 200, bearer: true, authenticated: true, sub: 'usr_ada', gen: 0 },
        { n: 3, ...common, status: 401, bearer: false, authenticated: false, outcome: 'missing_token' },
      ],
    });
    expect(text.includes('hidden')).toBe(false);
    expect((await test.call('DELETE', '/admin/requests')).status).toBe(204);
    expect((await test.get('/admin/requests')).body).toEqual({ next: 3, requests: [] });
  });

  it('log which session and which refresh token a call was about, and who called, without the token', async () => {
    const { refreshToken } = await test.signIn();
    const next = grantOf(await test.refresh(refreshToken)).refreshToken;
    await test.refresh(refreshToken);
    await test.call('POST', '/auth/refresh', { refreshToken: next }, { 'user-agent': 'a tab' });
    await test.post('/auth/logout', { refreshToken: next });
    const { body, text } = await test.get('/admin/requests');
    const lines = body['requests'] as readonly Readonly<Record<string, unknown>>[];
    expect(lines.map(line => line['outcome'])).toEqual([
      'signed_in',
      'rotated',
      'repeated',
      'rotated',
      'signed_out',
    ]);
    expect(new Set(lines.map(line => line['session'])).size).toBe(1);
    const presented = lines.map(line => line['presented']);
    expect(presented[1]).toMatch(/^[\w-]{12}$/);
    expect(presented[2]).toBe(presented[1]);
    expect(presented[3]).not.toBe(presented[1]);
    expect(lines[3]?.['client']).toBe('a tab');
    for (const token of [refreshToken, next]) expect(text).not.toContain(token);
  });

  it('expire the access tokens issued so far, of one user or of all, and no later ones', async () => {
    const [ada, grace] = [await test.signIn(), await test.signIn('grace')];
    const alive = async (): Promise<boolean[]> =>
      (await Promise.all([ada, grace].map(grant => test.get('/auth/me', grant.accessToken)))).map(
        ({ status }) => status === 200,
      );
    await test.post('/admin/expire', { username: 'grace' });
    expect(await alive()).toEqual([true, false]);
    await test.post('/admin/expire');
    expect(await alive()).toEqual([false, false]);
    const next = grantOf(await test.refresh(ada.refreshToken));
    expect((await test.get('/auth/me', next.accessToken)).status).toBe(200);
    expect((await test.post('/admin/expire', { username: 'nobody' })).status).toBe(400);
  });

  it('revoke the sessions of one user or of all', async () => {
    const [ada, grace] = [await test.signIn(), await test.signIn('grace')];
    expect((await test.post('/admin/revoke', { username: 'ada' })).body).toEqual({ ended: 1 });
    const refused = await test.refresh(ada.refreshToken);
    expect([refused.body['code'], refused.body['reason']]).toEqual(['invalid_grant', 'revoked']);
    expect((await test.get('/auth/me', ada.accessToken)).status).toBe(401);
    expect((await test.get('/auth/me', grace.accessToken)).status).toBe(200);
    expect((await test.post('/admin/revoke', {})).body).toEqual({ ended: 1 });
  });

  it('skew the clock, the Date header and the life of tokens with it', async () => {
    const { accessToken } = await test.signIn();
    await test.post('/admin/clock', { offset: 60 });
    const answer = await test.get('/auth/me', accessToken);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('date')).toBe('Thu, 01 Jan 2026 00:01:00 GMT');
    await test.post('/admin/clock', { offset: -60 });
    expect((await test.get('/auth/me', accessToken)).status).toBe(200);
    expect((await test.post('/admin/clock', { offset: 'soon' })).status).toBe(400);
  });

  it('change lifetimes and rotation for what comes next', async () => {
    await test.post('/admin/settings', { accessTokenLifetime: 5, rotation: 'strict' });
    const grant = await test.signIn();
    expect(grant.expiresIn).toBe(5);
    await test.refresh(grant.refreshToken);
    expect((await test.refresh(grant.refreshToken)).body['reason']).toBe('reused');
    expect((await test.post('/admin/settings', { rotation: 'gentle' })).status).toBe(400);
  });

  it('reset everything to the seeds and the configured settings', async () => {
    const { refreshToken } = await test.signIn();
    await test.post('/auth/register', { username: 'mary', password: 'latchkey-mary' });
    await test.post('/admin/settings', { accessTokenLifetime: 5 });
    await test.post('/admin/clock', { offset: 60 });
    await test.post('/admin/faults', { on: 'any', kind: 'hang', times: 0 });
    expect((await test.post('/admin/reset')).status).toBe(204);
    const { body } = await test.get('/admin/state');
    expect(body).toEqual(
      jasmine.objectContaining({ sessions: [], faults: [], clockOffset: 0, counters: {}, pendingTokens: [] }),
    );
    expect(body['settings']).toEqual(jasmine.objectContaining({ accessTokenLifetime: 60 }));
    expect((body['users'] as readonly unknown[]).length).toBe(3);
    expect((await test.refresh(refreshToken)).body['reason']).toBe('unknown');
    expect((await test.signIn()).expiresIn).toBe(60);
  });
});
