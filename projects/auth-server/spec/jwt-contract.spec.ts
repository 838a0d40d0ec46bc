import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  bearer,
  closeServers,
  complaintsOf,
  grantOf,
  startServer,
  type TestServer,
} from './support/test-server.js';

const ADA = {
  id: 'usr_ada',
  username: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@example.test',
  emailVerified: true,
  roles: ['admin', 'user'],
  permissions: ['reports:read', 'reports:write'],
};

describe('the jwt contract', () => {
  let test: TestServer;
  beforeEach(async () => (test = await startServer({ accessTokenLifetime: 60 })));
  afterEach(closeServers);

  it('signs a seeded user in, by name and by e-mail address, whatever the case', async () => {
    for (const username of ['ada', 'ADA', 'ada@example.test']) {
      const answer = await test.post('/auth/login', { username, password: 'latchkey-ada' });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        user: ADA,
        accessToken: jasmine.stringMatching(/^eyJ/),
        refreshToken: jasmine.stringMatching(/^[\w-]{43}$/),
        expiresIn: 60,
        tokenType: 'Bearer',
      });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it('puts identity, session and generation into a signed access token', async () => {
    const { accessToken } = await test.signIn();
    const iat = test.time / 1000;
    expect(decodeProtectedHeader(accessToken)).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'generated' });
    expect(decodeJwt(accessToken)).toEqual({
      iss: 'latchkey-auth-server',
      sub: 'usr_ada',
      sid: jasmine.any(String) as unknown as string,
      iat,
      exp: iat + 60,
      jti: jasmine.any(String) as unknown as string,
      gen: 0,
      name: ADA.name,
      email: ADA.email,
      roles: ADA.roles,
      permissions: ADA.permissions,
    });
  });

  it('refuses a wrong password and an unknown user with the same answer', async () => {
    const wrong = await test.post('/auth/login', { username: 'ada', password: 'latchkey-grace' });
    const unknown = await test.post('/auth/login', { username: 'nobody', password: 'latchkey-grace' });
    expect(wrong.status).toBe(401);
    expect(wrong.body['code']).toBe('invalid_credentials');
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
  });

  it('names every field that is missing or wrong', async () => {
    const login = await test.post('/auth/login', { username: 7 });
    expect(login.status).toBe(400);
    expect(login.body['code']).toBe('invalid_request');
    expect(complaintsOf(login)).toEqual(['username', 'password']);
    const register = await test.post('/auth/register', {
      username: 'a b',
      password: 'short',
      email: 'nowhere',
    });
    expect(register.status).toBe(400);
    expect(complaintsOf(register)).toEqual(['username', 'password', 'email']);
    expect((await test.post('/auth/refresh', {})).body['code']).toBe('invalid_request');
    expect((await test.post('/auth/logout', {})).body['code']).toBe('invalid_request');
  });

  it('answers what is no JSON, not an object, too large or of another type with a code of its own', async () => {
    const json = { 'content-type': 'application/json' };
    expect((await test.call('POST', '/auth/login', '{', json)).body['code']).toBe('invalid_request');
    expect((await test.call('POST', '/auth/login', '[]', json)).body['code']).toBe('invalid_request');
    const large = await test.post('/auth/login', { username: 'x'.repeat(70_000) });
    expect([large.status, large.body['code']]).toEqual([413, 'payload_too_large']);
    const form = await test.call('POST', '/auth/login', 'username=ada', { 'content-type': 'text/plain' });
    expect([form.status, form.body['code']]).toEqual([415, 'unsupported_media_type']);
    const nowhere = await test.get('/auth/nowhere');
    expect([nowhere.status, nowhere.body['code']]).toEqual([404, 'not_found']);
    const unreadable = await test.get('/%zz');
    expect([unreadable.status, unreadable.body['code']]).toEqual([400, 'invalid_request']);
  });

  it('registers a user, who is signed in at once and can sign in again', async () => {
    const input = {
      username: 'mary',
      password: 'latchkey-mary',
      email: 'mary@example.test',
      name: 'Mary Somerville',
    };
    const answer = await test.post('/auth/register', input);
    expect(answer.status).toBe(201);
    expect(answer.body['user']).toEqual({
      id: jasmine.stringMatching(/^usr_/),
      username: 'mary',
      name: 'Mary Somerville',
      email: 'mary@example.test',
      emailVerified: false,
      roles: ['user'],
      permissions: [],
    });
    expect((await test.get('/auth/me', grantOf(answer).accessToken)).body['username']).toBe('mary');
    expect((await test.signIn('mary')).expiresIn).toBe(60);
  });

  it('refuses a name or an address that is taken, also when two ask at once', async () => {
    const name = await test.post('/auth/register', { username: 'Ada', password: 'long enough' });
    expect([name.status, name.body['code']]).toEqual([409, 'username_taken']);
    const email = { username: 'ada2', password: 'long enough', email: 'ADA@example.test' };
    expect((await test.post('/auth/register', email)).body['code']).toBe('email_taken');
    const both = await Promise.all(
      [1, 2].map(() => test.post('/auth/register', { username: 'twin', password: 'long enough' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('does not sign in who is locked out', async () => {
    const locked = await startServer({
      users: [{ username: 'eve', password: 'latchkey-eve', locked: true }],
    });
    const answer = await locked.post('/auth/login', { username: 'eve', password: 'latchkey-eve' });
    expect([answer.status, answer.body['code']]).toEqual([423, 'account_locked']);
    const wrong = await locked.post('/auth/login', { username: 'eve', password: 'wrong' });
    expect(wrong.status).toBe(401);
  });

  it('answers who holds a token, and challenges who holds none or a bad one', async () => {
    const { accessToken } = await test.signIn();
    expect((await test.get('/auth/me', accessToken)).body).toEqual(ADA);
    const missing = await test.get('/auth/me');
    expect([missing.status, missing.body['code']]).toEqual([401, 'missing_token']);
    expect(missing.headers.get('www-authenticate')).toBe('Bearer');
    for (const bad of ['nonsense', 'a.b.c', `${accessToken.slice(0, -3)}AAA`]) {
      const answer = await test.get('/auth/me', bad);
      expect([answer.status, answer.body['code']]).toEqual([401, 'invalid_token']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    }
  });

  it('lets an access token die at its time and not before', async () => {
    const { accessToken } = await test.signIn();
    test.time += 59_000;
    expect((await test.get('/auth/me', accessToken)).status).toBe(200);
    test.time += 1_000;
    expect((await test.get('/auth/me', accessToken)).body['code']).toBe('invalid_token');
  });

  it('ends a session at logout, its access token included, and answers 204 for an unknown token too', async () => {
    const { accessToken, refreshToken } = await test.signIn();
    expect((await test.post('/auth/logout', { refreshToken })).status).toBe(204);
    expect((await test.get('/auth/me', accessToken)).body['code']).toBe('invalid_token');
    expect((await test.refresh(refreshToken)).body['reason']).toBe('revoked');
    expect((await test.post('/auth/logout', { refreshToken: 'unknown' })).status).toBe(204);
  });

  it('ends the session of a bearer token when no refresh token comes along', async () => {
    const { accessToken } = await test.signIn();
    const other = await test.signIn();
    expect((await test.call('POST', '/auth/logout', {}, bearer(accessToken))).status).toBe(204);
    expect((await test.get('/auth/me', accessToken)).status).toBe(401);
    expect((await test.get('/auth/me', other.accessToken)).status).toBe(200);
  });
});
