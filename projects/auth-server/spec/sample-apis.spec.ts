import { bearer, closeServers, startServer, type TestServer } from './support/test-server.js';

describe('the sample APIs', () => {
  let test: TestServer;
  beforeEach(async () => {
    test = await startServer({
      users: [
        {
          username: 'ada',
          password: 'latchkey-ada',
          roles: ['admin'],
          claims: { department: 'engines', teams: ['a', 'b'] },
        },
        { username: 'grace', password: 'latchkey-grace', permissions: ['reports:read'] },
        { username: 'linus', password: 'latchkey-linus', roles: [], permissions: [] },
      ],
      rules: [
        { path: '/api/engines', rule: { claim: 'department', value: 'engines' } },
        { path: '/api/team', rule: { claim: 'teams', value: 'b' } },
        { path: '/api/open/*', rule: 'allow' },
        { path: '/api/inside/*', rule: 'authenticated' },
      ],
    });
  });
  afterEach(closeServers);

  it('admits by rule: everybody, users, a role, a permission, a claim', async () => {
    const paths = [
      'public',
      'profile',
      'admin',
      'reports',
      'engines',
      'team',
      'open/x',
      'inside/x',
      'nothing',
    ];
    const statuses = async (token?: string): Promise<number[]> =>
      (await Promise.all(paths.map(path => test.get(`/api/${path}`, token)))).map(({ status }) => status);
    expect(await statuses()).toEqual([200, 401, 401, 401, 401, 401, 200, 401, 404]);
    const tokens = await Promise.all(['ada', 'grace', 'linus'].map(name => test.signIn(name)));
    expect(await statuses(tokens[0]?.accessToken)).toEqual([200, 200, 200, 403, 200, 200, 200, 200, 404]);
    expect(await statuses(tokens[1]?.accessToken)).toEqual([200, 200, 403, 200, 403, 403, 200, 200, 404]);
    expect(await statuses(tokens[2]?.accessToken)).toEqual([200, 200, 403, 403, 403, 403, 200, 200, 404]);
  });

  it('says what a refused caller lacks', async () => {
    const { accessToken } = await test.signIn('linus');
    const answer = await test.get('/api/admin', accessToken);
    expect(answer.body).toEqual({ code: 'forbidden', message: 'This needs the role "admin".' });
  });

  it('applies a rule however its path is spelt', async () => {
    const { accessToken } = await test.signIn('linus');
    expect((await test.get('/api/%61dmin', accessToken)).status).toBe(403);
    expect((await test.get('/api/%65ngines', accessToken)).status).toBe(403);
    for (const path of ['/api//admin', '/api/admin/', '/api/Admin', '/api/open/..%2fadmin/../nothing/']) {
      expect((await test.get(path)).status).toBe(path.startsWith('/api/open') ? 200 : 404);
    }
  });

  it('keeps notes per user', async () => {
    const [ada, grace] = [await test.signIn(), await test.signIn('grace')];
    const added = await test.call('POST', '/api/notes', { text: 'Note G' }, bearer(ada.accessToken));
    expect([added.status, added.body['text']]).toEqual([201, 'Note G']);
    expect((await test.get('/api/notes', ada.accessToken)).body).toEqual({ notes: [added.body] });
    expect((await test.get('/api/notes', grace.accessToken)).body).toEqual({ notes: [] });
    expect((await test.call('POST', '/api/notes', {}, bearer(ada.accessToken))).body['code']).toBe(
      'invalid_request',
    );
    expect((await test.post('/api/notes', { text: 'anonymous' })).body['code']).toBe('missing_token');
  });

  it('echoes any method and any text, but never the token', async () => {
    const { accessToken } = await test.signIn();
    const put = await test.call('PUT', '/api/echo', { a: 1 }, bearer(accessToken));
    expect(put.body).toEqual({ method: 'PUT', authorization: true, sub: 'usr_ada', gen: 0, body: { a: 1 } });
    const anonymous = await test.call('POST', '/api/echo', 'plain', { 'content-type': 'text/plain' });
    expect(anonymous.body).toEqual({ method: 'POST', authorization: false, body: 'plain' });
    const stale = await test.call('DELETE', '/api/echo', undefined, bearer('stale'));
    expect(stale.body).toEqual({ method: 'DELETE', authorization: true, body: null });
    expect(put.text.includes(accessToken)).toBe(false);
  });
});
