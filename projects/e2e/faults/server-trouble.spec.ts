import {
  addFault,
  changeSettings,
  expireTokens,
  revokeSessions,
  setTokenLife,
} from '../support/auth-server-admin';
import { endOfLog } from '../support/request-log';
import { anonymousSince, expect, refreshesSince, test } from './fault-test';

test.describe('a server in trouble', { tag: '@faults' }, () => {
  test('F01 B S: a hundred calls with a dead token cost one renewal', async ({ open, server }) => {
    const tab = await open();
    await tab.login();
    const begin = await endOfLog(server);
    await expireTokens(server);
    expect(new Set(await tab.call(100))).toEqual(new Set(['ok']));
    expect(await refreshesSince(server, begin)).toHaveLength(1);
    expect(await anonymousSince(server, begin)).toEqual([]);
  });

  test('F13 B S: a 429 with Retry-After is waited out, and the session stays', async ({ open, server }) => {
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
  });

  test('F14 B S: a 503 keeps the refresh token, and the second try succeeds', async ({ open, server }) => {
    const tab = await open();
    await tab.login();
    await addFault(server, { on: 'refresh', kind: 'status', status: 503 });
    expect(await tab.refresh()).toBe('server-error');
    expect(await tab.phase()).toBe('degraded');
    await expect.poll(() => tab.phase(), { timeout: 20_000 }).toBe('fresh');
    expect(await tab.call()).toEqual(['ok']);
  });

  for (const [id, fault] of [
    ['F15 B', { kind: 'html', status: 403 }],
    ['F16 B', { kind: 'html' }],
    ['F17 B', { kind: 'redirect' }],
    ['F26 B', { kind: 'drop' }],
  ] as const) {
    test(`${id}: a refresh answered by ${fault.kind} ends nothing`, async ({ open, server }) => {
      await setTokenLife(server, 2);
      const tab = await open();
      await tab.login();
      await setTokenLife(server, 900);
      await addFault(server, { on: 'refresh', ...fault });
      await expect.poll(() => tab.phase(), { timeout: 15_000 }).toBe('suspended');
      await expect.poll(() => tab.phase(), { timeout: 20_000 }).toBe('fresh');
      expect(await tab.count('ended')).toBe(0);
      expect(await tab.call()).toEqual(['ok']);
    });
  }

  test('F18 B S: an endpoint that never answers is given up, and the token serves meanwhile', async ({
    open,
    server,
  }) => {
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
  });

  test('F19 B S: a revoked session ends once, in all tabs, within a second', async ({ open, server }) => {
    const [tab, other] = [await open(), await open()];
    await tab.login();
    await expect.poll(() => other.phase()).toBe('fresh');
    await revokeSessions(server);
    expect(await tab.refresh()).toBe('session-ended');
    await expect.poll(() => other.phase(), { timeout: 1_000 }).toBe('ended');
    expect([await tab.endReasons(), await other.endReasons()]).toEqual([['refused'], ['refused']]);
  });

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
});
