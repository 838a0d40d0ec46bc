import {
  addFault,
  changeSettings,
  expireTokens,
  revokeSessions,
  setTokenLife,
} from '../support/auth-server-admin';
import type { FaultPage } from '../../fault-page/src/harness';
import { endOfLog, requestsSince } from '../support/request-log';
import { anonymousSince, expect, refreshesSince, test } from './fault-test';

declare const window: { readonly harness: FaultPage };

test.describe('a server in trouble', { tag: '@faults' }, () => {
  test(
    'F01 B S: a hundred calls with a dead token cost one renewal',
    { tag: '@issuer' },
    async ({ open, server }) => {
      const tab = await open();
      await tab.login();
      const begin = await endOfLog(server);
      await expireTokens(server);
      expect(new Set(await tab.call(100))).toEqual(new Set(['ok']));
      expect(await refreshesSince(server, begin)).toHaveLength(1);
      expect(await anonymousSince(server, begin)).toEqual([]);
    },
  );

  test('F10 B: the stream of a rejected request is not sent again, by HttpClient', async ({
    open,
    server,
  }) => {
    const tab = await open();
    await tab.login();
    const begin = await endOfLog(server);
    await expireTokens(server);
    const url = `${server}/api/notes`;
    expect(await tab.page.evaluate(to => window.harness.uploadStream(to, 'http-client'), url)).toBe('401');
    expect(await tab.count('not-replayable')).toBe(1);
    expect(await tab.call()).toEqual(['ok']);
    const seen = await requestsSince(server, begin);
    expect(seen.filter(({ path }) => path === '/api/notes')).toHaveLength(1);
    expect(await refreshesSince(server, begin)).toHaveLength(1);
  });

  test('F10 B: the stream of a rejected request is not sent again, by authFetch', async ({
    open,
    server,
  }) => {
    const tab = await open();
    await tab.login();
    const begin = await endOfLog(server);
    // A browser sends streams by HTTP/2 only, which the server does not speak.
    const arrived: (string | undefined)[] = [];
    await tab.page.route('**/api/notes', async route => {
      arrived.push(route.request().headers()['authorization']);
      const headers = {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'www-authenticate',
        'www-authenticate': 'Bearer error="invalid_token"',
      };
      await route.fulfill({ status: 401, headers });
    });
    const url = `${server}/api/notes`;
    expect(await tab.page.evaluate(to => window.harness.uploadStream(to, 'fetch'), url)).toBe('401');
    expect(await tab.count('not-replayable')).toBe(1);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toMatch(/^Bearer /);
    const token = await tab.page.evaluate(() => window.harness.token());
    expect(`Bearer ${token ?? ''}`).not.toBe(arrived[0]);
    expect(await tab.call()).toEqual(['ok']);
    expect(await refreshesSince(server, begin)).toHaveLength(1);
  });

  test(
    'F13 B S: a 429 with Retry-After is waited out, and the session stays',
    { tag: '@issuer' },
    async ({ open, server }) => {
      const tab = await open();
      await tab.login();
      const begin = await endOfLog(server);
      await addFault(server, { on: 'refresh', kind: 'status', status: 429, retryAfter: 12 });
      expect(await tab.refresh()).toBe('rate-limited');
      expect(await tab.refresh()).toBe('rate-limited');
      expect(await refreshesSince(server, begin)).toHaveLength(1);
      await expect.poll(() => tab.phase(), { timeout: 25_000 }).toBe('fresh');
      expect(await refreshesSince(server, begin)).toHaveLength(2);
      expect(await tab.count('ended')).toBe(0);
    },
  );

  test(
    'F14 B S: a 503 keeps the refresh token, and the second try succeeds',
    { tag: '@issuer' },
    async ({ open, server }) => {
      const tab = await open();
      await tab.login();
      await addFault(server, { on: 'refresh', kind: 'status', status: 503 });
      expect(await tab.refresh()).toBe('server-error');
      expect(await tab.phase()).toBe('degraded');
      await expect.poll(() => tab.phase(), { timeout: 20_000 }).toBe('fresh');
      expect(await tab.call()).toEqual(['ok']);
    },
  );

  for (const [id, fault] of [
    ['F15 B', { kind: 'html', status: 403 }],
    ['F16 B', { kind: 'html' }],
    ['F17 B', { kind: 'redirect' }],
    ['F26 B', { kind: 'drop' }],
  ] as const) {
    test(
      `${id}: a refresh answered by ${fault.kind} ends nothing`,
      { tag: id === 'F15 B' ? '@issuer' : [] },
      async ({ open, server }) => {
        await setTokenLife(server, 2);
        const tab = await open();
        await tab.login();
        await setTokenLife(server, 900);
        await addFault(server, { on: 'refresh', ...fault });
        await expect.poll(() => tab.phase(), { timeout: 15_000 }).toBe('suspended');
        await expect.poll(() => tab.phase(), { timeout: 20_000 }).toBe('fresh');
        expect(await tab.count('ended')).toBe(0);
        expect(await tab.call()).toEqual(['ok']);
      },
    );
  }

  test(
    'F18 B S: an endpoint that never answers is given up, and the token serves meanwhile',
    { tag: '@issuer' },
    async ({ open, server }) => {
      const tab = await open();
      await tab.login();
      // One of the tabs asks again, at any moment of the five seconds after the first failure, and hears nothing either.
      await addFault(server, { on: 'refresh', kind: 'hang', times: 2 });
      const refresh = tab.refresh();
      expect(await tab.call(5)).toEqual(Array(5).fill('ok'));
      expect(await refresh).toBe('no-answer');
      const other = await open();
      await expect.poll(() => other.phase()).toMatch(/degraded|renewing/);
      expect(await other.call()).toEqual(['ok']);
    },
  );

  test(
    'F19 B S: a revoked session ends once, in all tabs, within a second',
    { tag: '@issuer' },
    async ({ open, server }) => {
      const [tab, other] = [await open(), await open()];
      await tab.login();
      await expect.poll(() => other.phase()).toBe('fresh');
      await revokeSessions(server);
      expect(await tab.refresh()).toBe('session-ended');
      await expect.poll(() => other.phase(), { timeout: 1_000 }).toBe('ended');
      expect([await tab.endReasons(), await other.endReasons()]).toEqual([['refused'], ['refused']]);
    },
  );

  test('F24 S: a life of five seconds costs at most one renewal in ten', async ({ open, server }) => {
    await changeSettings(server, { accessTokenLifetime: 5 });
    const tab = await open();
    await tab.login();
    const begin = await endOfLog(server);
    await tab.page.clock.install();
    await tab.page.clock.resume();
    await expect.poll(async () => (await refreshesSince(server, begin)).length, { timeout: 25_000 }).toBe(2);
    expect(await tab.call()).toEqual(['ok']);
  });

  test('F55 S: an application that fails after a renewal loses no rotated token', async ({
    open,
    server,
    strictly,
  }) => {
    await strictly();
    const tab = await open({ rotation: 'strict', brittle: true });
    const failures: string[] = [];
    tab.page.on('pageerror', ({ message }) => failures.push(message));
    await tab.login();
    await tab.listen('badly');
    const begin = await endOfLog(server);
    for (let round = 0; round < 3; round += 1) expect(await tab.refresh()).toBe('ok');
    expect(await tab.call(3)).toEqual(['ok', 'ok', 'ok']);
    expect(await tab.user()).not.toBeNull();
    await tab.page.reload();
    expect(await tab.refresh()).toBe('ok');
    expect((await refreshesSince(server, begin)).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => 'rotated'),
    );
    expect(new Set(failures)).toEqual(new Set(['A bug of the application.']));
  });

  test('F51 S: a renewal that answers with another user ends the session and spends nothing', async ({
    open,
    server,
  }) => {
    const tab = await open();
    await tab.login('ada');
    const answer = await fetch(`${server}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'grace', password: 'latchkey-grace' }),
    });
    const body = await answer.text();
    await tab.page.route('**/auth/refresh', route =>
      route.fulfill({
        body,
        contentType: 'application/json',
        headers: { 'access-control-allow-origin': '*' },
      }),
    );
    const begin = await endOfLog(server);
    expect(await tab.refresh()).toBe('session-ended');
    expect(await tab.endReasons()).toEqual(['subject-changed']);
    expect(await tab.call()).toEqual(['unauthenticated']);
    const later = await requestsSince(server, begin);
    // What came of it is given back; no API sees either token.
    expect(later.map(({ path }) => path)).toEqual(['/auth/logout']);
  });

  for (const value of ['0', '-5', '1000000000', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT']) {
    test(`F85 B: a Retry-After of "${value}" neither storms nor stops the session`, async ({
      open,
      server,
    }) => {
      const tab = await open({ before: page => page.clock.install() });
      await tab.login();
      let refused = 0;
      await tab.page.route('**/auth/refresh', route => {
        refused += 1;
        return route.fulfill({
          status: 429,
          headers: {
            'access-control-allow-origin': '*',
            'access-control-expose-headers': 'retry-after',
            'retry-after': value,
          },
        });
      });
      expect(await tab.refresh()).toBe('rate-limited');
      await tab.page.clock.runFor(900);
      expect(await tab.refresh()).toBe('rate-limited');
      expect(refused).toBe(1);
      await tab.page.unroute('**/auth/refresh');
      const begin = await endOfLog(server);
      // The longest that a server is obeyed.
      await tab.page.clock.fastForward(3_600_000 * 1.2);
      await expect.poll(async () => (await refreshesSince(server, begin)).length).toBeGreaterThan(0);
      await expect.poll(() => tab.phase()).toBe('fresh');
      expect(await tab.count('ended')).toBe(0);
    });
  }
});
