import { closeServers, grantOf, startServer, type TestServer } from './support/test-server.js';

describe('faults', () => {
  let test: TestServer;
  beforeEach(async () => (test = await startServer()));
  afterEach(closeServers);

  const fault = (description: Readonly<Record<string, unknown>>): Promise<unknown> =>
    test.post('/admin/faults', description).then(({ status }) => expect(status).toBe(201));

  it('answer a status with its code, once, and do none of the work', async () => {
    const { refreshToken } = await test.signIn();
    const codes: [number, string][] = [
      [401, 'invalid_grant'],
      [403, 'forbidden'],
      [404, 'not_found'],
      [429, 'too_many_requests'],
      [500, 'server_error'],
      [503, 'unavailable'],
    ];
    for (const [status, code] of codes) {
      await fault({ on: 'refresh', kind: 'status', status, retryAfter: 7 });
      const answer = await test.refresh(refreshToken);
      expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
        status,
        code,
        '7',
      ]);
    }
    const { sessions } = (await test.get('/admin/state')).body;
    expect(sessions).toEqual([jasmine.objectContaining({ generation: 0 })]);
    expect((await test.refresh(refreshToken)).status).toBe(200);
  });

  it('answer a status as the met call would', async () => {
    await fault({ on: 'any', kind: 'status', status: 401, times: 2 });
    const login = await test.post('/auth/login', { username: 'ada', password: 'latchkey-ada' });
    expect([login.status, login.body['code']]).toEqual([401, 'invalid_credentials']);
    const api = await test.get('/api/public');
    expect([api.body['code'], api.headers.get('www-authenticate')]).toEqual([
      'invalid_token',
      'Bearer error="invalid_token"',
    ]);
  });

  it('put a captive portal or a redirect in between', async () => {
    await fault({ on: 'api', kind: 'html' });
    const page = await test.get('/api/public');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<!doctype html>');
    await fault({ on: 'api', kind: 'html', status: 403 });
    const firewall = await test.get('/api/public');
    expect([firewall.status, firewall.text]).toEqual([403, page.text]);
    await fault({ on: 'api', kind: 'redirect' });
    const redirect = await test.get('/api/public');
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, '/portal']);
    expect((await test.get('/portal')).headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('do the work and drop the answer, so that a repeat finds the successor', async () => {
    const { refreshToken } = await test.signIn();
    await fault({ on: 'refresh', kind: 'drop' });
    await expectAsync(test.refresh(refreshToken)).toBeRejected();
    expect((await test.get('/admin/requests')).body['requests']).toContain(
      jasmine.objectContaining({
        path: '/auth/refresh',
        status: 0,
        fault: 'drop',
        outcome: 'rotated',
        gen: 1,
      }),
    );
    const repeat = await test.refresh(refreshToken);
    expect(repeat.status).toBe(200);
    expect((await test.refresh(grantOf(repeat).refreshToken)).status).toBe(200);
  });

  it('close connections while a drop is due, so that no client repeats the call unasked', async () => {
    await fault({ on: 'refresh', kind: 'drop' });
    expect((await test.get('/api/public')).headers.get('connection')).toBe('close');
    await test.call('DELETE', '/admin/faults');
    expect((await test.get('/api/public')).headers.get('connection')).toBe('keep-alive');
  });

  it('never answer, and end with the server', async () => {
    await fault({ on: 'api', kind: 'hang' });
    let settled = false;
    const hanging = test.get('/api/public').finally(() => (settled = true));
    hanging.catch(() => undefined);
    expect((await test.get('/api/public')).status).toBe(200);
    expect(settled).toBe(false);
    await test.server.close();
    await expectAsync(hanging).toBeRejected();
  });

  it('delay the work, and stop delaying when the server closes', async () => {
    await fault({ on: 'api', kind: 'delay', delay: 30 });
    expect((await test.get('/api/public')).body).toEqual({ message: 'Anybody may read this.' });
    await fault({ on: 'api', kind: 'delay', delay: 600_000 });
    const late = test.get('/api/public');
    late.catch(() => undefined);
    await test.get('/health');
    await test.server.close();
    await expectAsync(late).toBeRejected();
  });

  it('last as often as asked, or until cleared, and meet only their kind of call', async () => {
    const statuses = async (): Promise<number[]> =>
      [await test.get('/api/public'), await test.get('/api/public'), await test.get('/api/public')].map(
        ({ status }) => status,
      );
    await fault({ on: 'login', kind: 'status', status: 500, times: 0 });
    await fault({ on: 'api', kind: 'status', status: 500, times: 2 });
    expect(await statuses()).toEqual([500, 500, 200]);
    await fault({ on: 'api', kind: 'status', status: 503, times: 0 });
    expect(await statuses()).toEqual([503, 503, 503]);
    expect((await test.get('/health')).status).toBe(200);
    await test.call('DELETE', '/admin/faults');
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  it('refuse what is no fault', async () => {
    for (const body of [{}, { on: 'refresh', kind: 'explode' }, { on: 'api', kind: 'status', status: 200 }]) {
      const answer = await test.post('/admin/faults', body);
      expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
    }
    expect((await test.get('/admin/state')).body['faults']).toEqual([]);
  });
});
