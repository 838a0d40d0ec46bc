import { addFault, setTokenLife } from '../support/auth-server-admin';
import { requestsSince, endOfLog } from '../support/request-log';
import { readableByScript } from '../demo/readable-by-script';
import { expect, refreshesSince, test } from './fault-test';

test.describe('logouts and other users', { tag: '@faults' }, () => {
  for (const [id, where] of [
    ['F44 B S', 'the same tab'],
    ['F45 B S', 'another tab'],
  ] as const) {
    test(
      `${id}: a logout in ${where} wins over a renewal under way`,
      { tag: '@issuer' },
      async ({ open, server }) => {
        const [tab, other] = [await open(), await open()];
        await tab.login();
        await expect.poll(() => other.phase()).toBe('fresh');
        await addFault(server, { on: 'refresh', kind: 'delay', delay: 1_500 });
        const refresh = tab.refresh();
        await expect.poll(async () => (await refreshesSince(server)).length).toBe(1);
        await (id === 'F44 B S' ? tab : other).logout();
        await expect.poll(() => tab.phase(), { timeout: 1_000 }).toMatch(/end/);
        const begin = await endOfLog(server);
        expect(await refresh).toBe('session-ended');
        expect(await tab.call()).toEqual(['unauthenticated']);
        const { indexedDb } = await readableByScript(tab.page);
        expect(indexedDb).not.toMatch(/token|secret/);
        const later = await requestsSince(server, begin);
        expect(later.filter(({ path, bearer }) => path.startsWith('/api/') && bearer)).toEqual([]);
      },
    );
  }

  test(
    'F46 B: a logout while the server is down is one at once, in all tabs',
    { tag: '@issuer' },
    async ({ open, authServer, server }) => {
      const [tab, other] = [await open(), await open()];
      await tab.login();
      await expect.poll(() => other.phase()).toBe('fresh');
      await authServer.stop();
      await tab.logout();
      await expect.poll(() => other.phase(), { timeout: 1_000 }).toBe('ended');
      const { indexedDb, webStorage } = await readableByScript(tab.page);
      expect(indexedDb + webStorage).not.toMatch(/eyJ|secret/);
      await authServer.start();
      expect(server).toBeTruthy();
    },
  );

  test('F46 B: where the server keeps a cookie it hears of the logout later', async ({
    open,
    context,
    server,
  }) => {
    const tab = await open({ transport: 'cookie' });
    await tab.login();
    await addFault(server, { on: 'logout', kind: 'status', status: 503 });
    await tab.logout();
    expect(await tab.count('logout-not-confirmed')).toBe(1);
    const begin = await endOfLog(server);
    await tab.page.close();
    await open({ transport: 'cookie' });
    const told = async (): Promise<readonly number[]> => {
      const requests = await requestsSince(server, begin);
      return requests.filter(({ path }) => path.endsWith('/logout')).map(({ status }) => status);
    };
    // Perhaps twice: whoever has not heard the answer tells it again.
    await expect.poll(told).toContain(204);
    await expect.poll(async () => (await context.cookies()).length).toBe(0);
  });

  test(
    'F50 B S: the late renewal of one user does not touch the next one',
    { tag: '@issuer' },
    async ({ open, server, backEnd }) => {
      const [ada, grace] = [await open(), await open()];
      await ada.login('ada');
      await expect.poll(() => grace.phase()).toBe('fresh');
      // A sign-in at the issuer takes a page of its own, and a renewal is given up after ten seconds.
      await addFault(server, { on: 'refresh', kind: 'delay', delay: backEnd === 'oidc' ? 9_000 : 1_500 });
      const late = ada.refresh();
      const outcomes = async () => (await refreshesSince(server)).map(({ outcome }) => outcome);
      await expect.poll(outcomes).toEqual([undefined]);
      expect(await grace.login('grace')).toBe('ok');
      expect(await outcomes()).toEqual([undefined]);
      await late;
      await expect.poll(outcomes).toEqual(['rotated']);
      expect(await grace.profileOf()).toContain('grace');
      expect(await ada.endReasons()).toEqual(['account-switch']);
      expect(await ada.call()).toEqual(['unauthenticated']);
    },
  );

  test('F47 B: a logout with a dead token and a server in trouble renews nothing', async ({
    open,
    server,
  }) => {
    await setTokenLife(server, 2);
    const tab = await open();
    await tab.login();
    await expect.poll(() => tab.phase()).toBe('blocked');
    await addFault(server, { on: 'any', kind: 'status', status: 503, times: 100 });
    const begin = await endOfLog(server);
    await tab.logout();
    expect(await tab.phase()).toBe('ended');
    expect(await refreshesSince(server, begin)).toEqual([]);
    const { indexedDb, webStorage } = await readableByScript(tab.page);
    expect(indexedDb + webStorage).not.toMatch(/eyJ|secret/);
  });
});
