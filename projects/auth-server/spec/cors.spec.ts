import { closeServers, startServer, type Answer, type TestServer } from './support/test-server.js';

describe('CORS', () => {
  let test: TestServer;
  beforeEach(async () => (test = await startServer({ origins: ['https://app.example.test'] })));
  afterEach(closeServers);

  const preflight = (path: string, origin: string): Promise<Answer> =>
    test.call('OPTIONS', path, undefined, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    });
  const allowed = (answer: Answer): string | null => answer.headers.get('access-control-allow-origin');

  it('lets pages of this machine and of configured origins read answers, with credentials', async () => {
    const origins = [
      'http://localhost:4200',
      'http://127.0.0.1:8080',
      'https://localhost',
      'http://[::1]:4200',
    ];
    for (const origin of [...origins, 'https://app.example.test']) {
      const before = await preflight('/auth/refresh', origin);
      expect(before.status).toBe(204);
      expect(allowed(before)).toBe(origin);
      expect(before.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
      const answer = await test.call('GET', '/api/public', undefined, { origin });
      expect(allowed(answer)).toBe(origin);
      expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
      expect(answer.headers.get('access-control-expose-headers')).toBe(
        'Retry-After, WWW-Authenticate, Date, DPoP-Nonce',
      );
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  });

  it('keeps answers from every other page', async () => {
    const near = [
      'http://localhost.evil.test',
      'http://127.0.0.1.evil.test',
      'https://app.example.test.evil.test',
    ];
    for (const origin of [
      ...near,
      'http://app.example.test',
      'https://app.example.test:444',
      'null',
      'file://',
    ]) {
      expect(allowed(await preflight('/auth/refresh', origin))).toBeNull();
      expect(allowed(await test.call('GET', '/api/public', undefined, { origin }))).toBeNull();
    }
  });

  it('covers refusals and faults, which a page must be able to read too', async () => {
    const origin = 'http://localhost:4200';
    expect(allowed(await test.call('GET', '/api/profile', undefined, { origin }))).toBe(origin);
    await test.post('/admin/faults', { on: 'api', kind: 'status', status: 503, retryAfter: 2 });
    const answer = await test.call('GET', '/api/public', undefined, { origin });
    expect([answer.status, allowed(answer), answer.headers.get('retry-after')]).toEqual([503, origin, '2']);
  });

  it('tells anybody what it is', async () => {
    const answer = await test.call('GET', '/.well-known/latchkey', undefined, {
      origin: 'https://anywhere.test',
    });
    expect(allowed(answer)).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.body).toEqual({
      server: 'latchkey-auth-server',
      version: jasmine.stringMatching(/^\d+\.\d+\.\d+/),
      provider: 'jwt',
      url: test.url,
    });
    expect((await test.get('/health')).body).toEqual({ status: 'ok' });
  });
});
