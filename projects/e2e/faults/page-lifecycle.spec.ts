import { addFault, expireTokens } from '../support/auth-server-admin';
import { endOfLog } from '../support/request-log';
import { RENEWAL, anonymousSince, expect, refreshesSince, test } from './fault-test';

test.describe('pages that go and come back', { tag: '@faults' }, () => {
  for (const rotation of ['grace', 'strict'] as const) {
    test(
      `F52 B S: a reload after a renewal was sent keeps the session (${rotation})`,
      { tag: '@issuer' },
      async ({ open, server, strictly }) => {
        test.setTimeout(90_000);
        if (rotation === 'strict') await strictly();
        const tab = await open({ rotation });
        for (const delay of [50, 200, 500, 1_000, 2_000]) {
          await tab.login();
          await addFault(server, { on: 'refresh', kind: 'delay', delay: 700 });
          const sent = tab.page.waitForRequest(RENEWAL);
          await tab.page.evaluate(() => {
            void (window as unknown as { harness: { refresh(): Promise<string> } }).harness.refresh();
          });
          await sent;
          // The moment of the reload is what this is about.
          await tab.page.waitForTimeout(delay);
          await tab.page.reload();
          await expect.poll(() => tab.phase()).toMatch(/fresh|in-doubt|degraded|renewing/);
          expect(await tab.call(3)).toEqual(['ok', 'ok', 'ok']);
          const outcomes = (await refreshesSince(server)).map(({ outcome }) => outcome);
          expect(outcomes).not.toContain('reused');
          await tab.logout();
        }
      },
    );
  }

  test('F68 B: forty calls of a page that starts all carry the token', async ({ open, server }) => {
    const tab = await open();
    await tab.login();
    const begin = await endOfLog(server);
    await tab.page.reload({ waitUntil: 'commit' });
    await tab.page.waitForFunction(() => 'harness' in window);
    expect(new Set(await tab.call(40))).toEqual(new Set(['ok']));
    expect(await anonymousSince(server, begin)).toEqual([]);
  });

  test(
    'F39 B S: a tab that loses the race adopts what the other has renewed',
    { tag: '@issuer' },
    async ({ open, server, strictly }) => {
      await strictly();
      const [one, other] = [await open({ rotation: 'strict' }), await open({ rotation: 'strict' })];
      await one.login();
      await expect.poll(() => other.phase()).toBe('fresh');
      const begin = await endOfLog(server);
      await addFault(server, { on: 'refresh', kind: 'delay', delay: 800 });
      expect(await Promise.all([one.refresh(), other.refresh()])).toEqual(['ok', 'ok']);
      expect(await refreshesSince(server, begin)).toHaveLength(1);
      expect([await one.count('ended'), await other.count('ended')]).toEqual([0, 0]);
    },
  );

  test(
    'F02 B: the late answer to an old token is replayed without another renewal',
    { tag: '@issuer' },
    async ({ open, server }) => {
      const tab = await open();
      await tab.login();
      await addFault(server, { on: 'api', kind: 'delay', delay: 1_200 });
      const late = tab.call();
      await expireTokens(server);
      expect(await tab.refresh()).toBe('ok');
      expect(await late).toEqual(['ok']);
      expect(await refreshesSince(server)).toHaveLength(1);
    },
  );

  test('F53 B: a page that goes the moment a renewal is answered leaves a whole record', async ({
    open,
    server,
    strictly,
  }) => {
    test.setTimeout(90_000);
    await strictly();
    const tab = await open({ rotation: 'strict' });
    await tab.login();
    for (let round = 0; round < 12; round += 1) {
      const answered = tab.page.waitForResponse('**/auth/refresh');
      await tab.page.evaluate(() => {
        void (window as unknown as { harness: { refresh(): Promise<string> } }).harness.refresh();
      });
      await answered;
      // Between none and a few milliseconds later: before, in and after the transaction.
      await tab.page.evaluate(
        wait =>
          new Promise<void>(resolve =>
            setTimeout(() => {
              Object.assign(window, { left: true });
              location.reload();
              resolve();
            }, wait),
          ),
        round % 4,
      );
      await tab.page.waitForFunction(() => 'harness' in window && !('left' in window));
      await expect.poll(() => tab.phase()).toMatch(/fresh|in-doubt/);
      expect(await tab.call()).toEqual(['ok']);
      // In doubt a strict server is not asked twice; the next round begins with a session of its own.
      if ((await tab.phase()) !== 'fresh') await tab.login();
    }
    expect((await refreshesSince(server)).map(({ outcome }) => outcome)).not.toContain('reused');
  });
});
