import { addFault, expireTokens, setTokenLife } from '../support/auth-server-admin';
import { endOfLog, requestsSince } from '../support/request-log';
import { anonymousSince, expect, refreshesSince, test } from './fault-test';

test.describe('requests that wait', { tag: '@faults' }, () => {
  test('F06 B: what is cancelled while it waits is never sent, and stops nobody else', async ({
    open,
    server,
  }) => {
    await setTokenLife(server, 2);
    const tab = await open();
    await tab.login();
    await expect.poll(() => tab.phase()).toBe('blocked');
    await setTokenLife(server, 900);
    await addFault(server, { on: 'refresh', kind: 'delay', delay: 1_000 });
    const begin = await endOfLog(server);
    expect(await tab.callAndCancel(50, 10)).toEqual(Array(40).fill('ok'));
    const later = await requestsSince(server, begin);
    expect(later.filter(({ path }) => path === '/api/profile')).toHaveLength(40);
    expect(await anonymousSince(server, begin)).toEqual([]);
  });

  test('F67 B: a call that needs a token waits for it, or fails with a code, but never goes without', async ({
    open,
    server,
  }) => {
    await setTokenLife(server, 2);
    const tab = await open();
    await addFault(server, { on: 'refresh', kind: 'status', status: 503, times: 100 });
    const begin = await endOfLog(server);
    await tab.login();
    await expect.poll(() => tab.phase()).toBe('blocked');
    expect(await tab.call()).toEqual(['temporarily-unavailable']);
    expect(await tab.phase()).toBe('suspended');
    await tab.page.reload();
    expect(await tab.call()).toEqual(['temporarily-unavailable']);
    const calls = (await requestsSince(server, begin)).filter(({ path }) => path.startsWith('/api/'));
    expect(calls).toEqual([]);
  });

  test('F56 B: a listener that asks, renews and logs out in the middle of it hangs nothing', async ({
    open,
    server,
  }) => {
    const tab = await open();
    await tab.login();
    await tab.listen('busily');
    await expireTokens(server);
    await tab.refresh();
    await expect.poll(() => tab.phase()).toBe('ended');
    expect(await tab.call()).toEqual(['unauthenticated']);
    expect((await refreshesSince(server)).length).toBeLessThanOrEqual(2);
    expect(await tab.login()).toBe('ok');
  });
});
