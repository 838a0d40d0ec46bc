import { expireTokens, setTokenLife, turnClock } from '../support/auth-server-admin';
import { endOfLog } from '../support/request-log';
import { type Tab, expect, refreshesSince, test } from './fault-test';

const HOUR = 3_600_000;

function shifted(hours: number): (page: Tab['page']) => Promise<void> {
  return page =>
    page
      .addInitScript(shift => {
        const real = Date.now.bind(Date);
        Date.now = () => real() + shift;
      }, hours * HOUR)
      .then(() => undefined);
}

test.describe('clocks', { tag: '@faults' }, () => {
  for (const [id, hours] of [
    ['F31 B S', 2],
    ['F32 B S', -2],
  ] as const) {
    test(
      `${id}: a clock ${hours} h wrong logs in, stays in and renews no more often`,
      { tag: '@issuer' },
      async ({ open, server }) => {
        const tab = await open({ before: shifted(hours) });
        expect(await tab.login()).toBe('ok');
        const begin = await endOfLog(server);
        expect(await tab.call(5)).toEqual(Array(5).fill('ok'));
        expect(await refreshesSince(server, begin)).toEqual([]);
        await expireTokens(server);
        expect(await tab.call(5)).toEqual(Array(5).fill('ok'));
        expect(await refreshesSince(server, begin)).toHaveLength(1);
        expect(await tab.count('ended')).toBe(0);
      },
    );
  }

  test('F27 B: offline until the token has run out, then one renewal', async ({ open, context, server }) => {
    await setTokenLife(server, 3);
    const tab = await open();
    await tab.login();
    await setTokenLife(server, 900);
    const begin = await endOfLog(server);
    await context.setOffline(true);
    await expect.poll(() => tab.phase(), { timeout: 10_000 }).toMatch(/blocked|suspended/);
    await context.setOffline(false);
    await expect.poll(() => tab.phase(), { timeout: 45_000 }).toBe('fresh');
    expect(await refreshesSince(server, begin)).toHaveLength(1);
    expect(await tab.count('ended')).toBe(0);
  });

  test('F28 B: a network that flaps twenty times in a minute causes no storm', async ({
    open,
    context,
    server,
  }) => {
    test.setTimeout(120_000);
    await setTokenLife(server, 2);
    const tab = await open();
    await tab.login();
    await expect.poll(() => tab.phase(), { timeout: 10_000 }).not.toBe('fresh');
    const begin = await endOfLog(server);
    await context.route('**/auth/refresh', route => route.abort());
    let attempts = 0;
    tab.page.on('requestfailed', request => {
      if (request.url().endsWith('/auth/refresh')) attempts += 1;
    });
    for (let count = 0; count < 20; count += 1) {
      await context.setOffline(count % 2 === 0);
      await tab.call();
    }
    expect(attempts).toBeGreaterThan(0);
    expect(attempts).toBeLessThanOrEqual(10);
    expect(await refreshesSince(server, begin)).toEqual([]);
    expect(await tab.count('ended')).toBe(0);
  });

  test('F29 B: a night asleep costs one renewal and nothing else', async ({ open, server }) => {
    const tab = await open({ before: page => page.clock.install() });
    await tab.login();
    await turnClock(server, 8 * 3600);
    const begin = await endOfLog(server);
    await tab.page.clock.fastForward(8 * HOUR);
    expect(new Set(await tab.call(20))).toEqual(new Set(['ok']));
    expect((await refreshesSince(server, begin)).map(({ outcome }) => outcome)).toEqual(['rotated']);
    expect([await tab.phase(), await tab.count('ended')]).toEqual(['fresh', 0]);
  });
});
