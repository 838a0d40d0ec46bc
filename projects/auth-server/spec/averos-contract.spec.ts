import { SEED_USERS } from '../src/settings.js';
import {
  averosTokenOf,
  bearer,
  closeServers,
  cookieOf,
  recordOf,
  startServer,
  type Answer,
  type TestServer,
} from './support/test-server.js';

const CONTRACTS = [
  { contract: 'jwt', root: '/averos', other: '/auth/login' },
  { contract: 'averos', root: '', other: '/jwt/auth/login' },
] as const;

for (const { contract, root, other } of CONTRACTS) {
  describe(`the Averos contract at "${root}/" with --contract ${contract}`, () => {
    let test: TestServer;
    let login: Answer;
    beforeEach(async () => {
      const users = [...SEED_USERS, { username: 'eve', password: 'latchkey-eve', locked: true }];
      test = await startServer({ contract, users, accessTokenLifetime: 60 });
      login = await test.post(`${root}/auth/login`, { userName: 'ada', password: 'latchkey-ada' });
    });
    afterEach(closeServers);

    const refresh = (cookie: string, user: unknown = login.body['auth_token']): Promise<Answer> =>
      test.call('POST', `${root}/auth/rt/`, { user }, { cookie });

    it('signs in with an opaque token in the body and the refresh token in a cookie', () => {
      expect(login.status).toBe(200);
      expect(login.body).toEqual({
        auth_token: {
          _id: 'usr_ada',
          token: jasmine.stringMatching(/^[\w-]{44}$/),
          userName: 'ada',
          email: 'ada@example.test',
          firstName: 'Ada',
          isEmailVerified: true,
          accountVerified: true,
          isAccountLocked: false,
          roles: ['admin', 'user'],
        },
      });
      const [cookie] = login.headers.getSetCookie();
      expect(cookie).toMatch(/^averos_rt=[\w-]{43}; /);
      expect(cookie?.endsWith(`Path=${root}/auth; HttpOnly; SameSite=Strict`)).toBe(true);
    });

    it('takes an e-mail address for a name and refuses a wrong password in JSON', async () => {
      const email = { email: 'ada@example.test', password: 'latchkey-ada', lastLoginIPAddress: '' };
      expect((await test.post(`${root}/auth/login`, email)).status).toBe(200);
      const wrong = await test.post(`${root}/auth/login`, { userName: 'ada', password: 'wrong' });
      expect([wrong.status, wrong.body['code']]).toEqual([401, 'invalid_credentials']);
    });

    it('refreshes by the cookie, for the user it belongs to', async () => {
      const answer = await refresh(cookieOf(login));
      expect(answer.status).toBe(200);
      expect(averosTokenOf(answer)).not.toBe(averosTokenOf(login));
      expect((await test.get('/api/profile', averosTokenOf(answer))).status).toBe(200);
      const foreign = await refresh(cookieOf(answer), { userName: 'grace' });
      expect([foreign.status, foreign.body['reason']]).toEqual([460, 'unknown']);
    });

    it('answers 401 for an expired token and 460 when the session is over', async () => {
      expect((await test.get('/api/admin', averosTokenOf(login))).status).toBe(200);
      test.time += 60_000;
      const expired = await test.get('/api/admin', averosTokenOf(login));
      expect([expired.status, expired.body['code']]).toEqual([401, 'invalid_token']);
      await test.post('/admin/revoke');
      const over = await refresh(cookieOf(login));
      expect([over.status, over.body['code'], over.body['reason']]).toEqual([460, 'session_over', 'revoked']);
      expect((await refresh('')).status).toBe(460);
    });

    it('ends the session when a cookie is used again after the overlap', async () => {
      const next = await refresh(cookieOf(login));
      expect(cookieOf(await refresh(cookieOf(login)))).toBe(cookieOf(next));
      test.time += 31_000;
      expect((await refresh(cookieOf(login))).body['reason']).toBe('reused');
      expect((await refresh(cookieOf(next))).body['reason']).toBe('reused');
    });

    it('obeys expire, and faults on its refresh', async () => {
      await test.post('/admin/expire');
      expect((await test.get('/api/profile', averosTokenOf(login))).status).toBe(401);
      await test.post('/admin/faults', { on: 'refresh', kind: 'status', status: 460 });
      expect((await refresh(cookieOf(login))).status).toBe(460);
      expect((await refresh(cookieOf(login))).status).toBe(200);
    });

    it('signs out', async () => {
      const cookie = cookieOf(login);
      const logout = await test.call('POST', `${root}/auth/logout`, { user: 'ada' }, { cookie });
      expect(logout.status).toBe(200);
      expect((await refresh(cookie)).status).toBe(460);
      expect((await test.get('/api/profile', averosTokenOf(login))).status).toBe(401);
      expect((await test.post(`${root}/auth/logout`, { user: 'ada' })).status).toBe(200);
    });

    it('tells roles, and whether a name or an address is taken', async () => {
      const roles = await test.get(`${root}/auth/luroles`, averosTokenOf(login));
      expect(roles.body).toEqual({ active_user_roles: ['admin', 'user'] });
      expect((await test.get(`${root}/auth/luroles`)).status).toBe(401);
      expect((await test.get(`${root}/auth/users/x`)).body).toEqual({ exists: false });
      expect((await test.get(`${root}/auth/users/Ada`)).body).toEqual({ exists: true });
      expect((await test.get(`${root}/auth/users/email/ada%40example.test`)).body).toEqual({ exists: true });
    });

    it('registers, and shows profiles: all to an administrator, the own one to others', async () => {
      const input = {
        userName: 'mary',
        password: 'latchkey-mary',
        firstName: 'Mary',
        lastName: 'Somerville',
      };
      const registered = await test.post(`${root}/auth/register`, input);
      expect(registered.status).toBe(201);
      expect(registered.body).toEqual(
        jasmine.objectContaining({ userName: 'mary', firstName: 'Mary', lastName: 'Somerville' }),
      );
      expect(registered.text.includes('password')).toBe(false);
      expect((await test.post(`${root}/auth/register`, input)).body['code']).toBe('username_taken');
      const mary = averosTokenOf(await test.post(`${root}/auth/login`, input));
      const find = async (token: string, filter: string): Promise<unknown> =>
        (await test.get(`${root}/uapi/users/?filter=${encodeURIComponent(filter)}`, token)).body[
          'returnedEntities'
        ];
      const ofMary = '{"userName":{"$eq":"mary"}}';
      expect(await find(averosTokenOf(login), ofMary)).toEqual([registered.body]);
      expect(await find(mary, ofMary)).toEqual([registered.body]);
      expect(await find(mary, '{"userName":{"$eq":"ada"}}')).toEqual([]);
      expect((await test.get(`${root}/uapi/users/?filter={`, mary)).status).toBe(400);
      expect((await test.get(`${root}/uapi/users/${String(registered.body['_id'])}`, mary)).body).toEqual(
        registered.body,
      );
      expect((await test.get(`${root}/uapi/users/usr_ada`, mary)).status).toBe(404);
    });

    it('answers 471 to who has not verified the account yet, and has a new token waiting', async () => {
      const linus = { userName: 'linus', password: 'latchkey-linus' };
      const refused = await test.post(`${root}/auth/login`, linus);
      expect([refused.status, refused.body['code']]).toEqual([471, 'account_not_verified']);
      expect(refused.headers.getSetCookie()).toEqual([]);
      const wrong = await test.post(`${root}/auth/login`, { ...linus, password: 'wrong' });
      expect(wrong.status).toBe(401);
      const [waiting] = (await test.get('/admin/state')).body['pendingTokens'] as readonly unknown[];
      const { token } = recordOf(waiting);
      expect((await test.post(`${root}/auth/vaccount`, { token })).status).toBe(200);
      const login = await test.post(`${root}/auth/login`, linus);
      expect(recordOf(login.body['auth_token'])['accountVerified']).toBe(true);
    });

    it('answers 442 to who is locked out, and says so of the account', async () => {
      const eve = { userName: 'eve', password: 'latchkey-eve' };
      const refused = await test.post(`${root}/auth/login`, eve);
      expect([refused.status, refused.body['code']]).toEqual([442, 'account_locked']);
      const profile = await test.get(`${root}/uapi/users/usr_eve`, averosTokenOf(login));
      expect(profile.body['isAccountLocked']).toBe(true);
    });

    it('resets a password and verifies an account by the waiting tokens', async () => {
      const waiting = async (): Promise<string> =>
        String(
          recordOf(((await test.get('/admin/state')).body['pendingTokens'] as readonly unknown[])[0])[
            'token'
          ],
        );
      expect((await test.post(`${root}/auth/rrp`, { email: 'ada@example.test' })).status).toBe(200);
      const change = { token: await waiting(), password: 'another-secret' };
      expect((await test.post(`${root}/auth/rp`, change)).status).toBe(200);
      expect((await refresh(cookieOf(login))).status).toBe(460);
      const input = { userName: 'mary', password: 'latchkey-mary', email: 'mary@example.test' };
      await test.post(`${root}/auth/register`, input);
      expect((await test.post(`${root}/auth/vaccount`, { token: await waiting() })).status).toBe(200);
    });

    it('refuses the pages of other sites', async () => {
      const headers = { cookie: cookieOf(login), origin: 'https://evil.test' };
      expect((await test.call('POST', `${root}/auth/rt/`, {}, headers)).status).toBe(403);
    });

    it(`leaves the other contract at ${other}, on the same APIs`, async () => {
      const answer = await test.post(other, { username: 'grace', password: 'latchkey-grace' });
      const { accessToken } = answer.body;
      expect((await test.call('GET', '/api/reports', undefined, bearer(String(accessToken)))).status).toBe(
        200,
      );
      expect((await test.get('/.well-known/latchkey')).body['provider']).toBe(contract);
    });
  });
}
