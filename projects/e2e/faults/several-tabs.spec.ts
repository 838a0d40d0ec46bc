import { addFault, expireTokens, setTokenLife } from '../support/auth-server-admin';
import { endOfLog } from '../support/request-log';
import { RENEWAL, type Tab, anonymousSince, expect, refreshesSince, tabOf, test } from './fault-test';

const ROUNDS = Number(process.env['LATCHKEY_ROUNDS'] ?? 40);

test.describe('several tabs', { tag: '@faults' }, () => {
  for (const tabs of [2, 6]) {
    test(
      `F38 B S: ${tabs} tabs whose token dies at once renew once a round, on a strict server`,
      { tag: '@issuer' },
      async ({ open, server, strictly }) => {
        test.setTimeout(120_000);
        await strictly();
        const all: Tab[] = [];
        for (let count = 0; count < tabs; count += 1) all.push(await open({ rotation: 'strict' }));
        for (let round = 0; round < ROUNDS / tabs; round += 1) {
          // A session of its own for each few rounds: forced renewals are limited, whoever asks for them.
          if (round % 4 === 0) {
            await all[0]?.logout();
            expect(await all[0]?.login()).toBe('ok');
            for (const tab of all) await expect.poll(() => tab.phase()).toBe('fresh');
          }
          const begin = await endOfLog(server);
          await expireTokens(server);
          const answers = await Promise.all(all.map(tab => tab.call(3)));
          expect(new Set(answers.flat())).toEqual(new Set(['ok']));
          const refreshes = await refreshesSince(server, begin);
          expect(refreshes.map(({ outcome }) => outcome)).toEqual(['rotated']);
          expect(await anonymousSince(server, begin)).toEqual([]);
        }
      },
    );
  }

  test(
    'F36 F37 B: a tab that stands still is robbed of its turn',
    { tag: '@issuer' },
    async ({ open, server }) => {
      test.setTimeout(90_000);
      const [stuck, other] = [await open(), await open()];
      await stuck.login();
      await expect.poll(() => other.phase()).toBe('fresh');
      await addFault(server, { on: 'refresh', kind: 'delay', delay: 3_000 });
      await expireTokens(server);
      const asked = stuck.page.waitForRequest(RENEWAL);
      await stuck.page.evaluate(() => {
        void (window as unknown as { harness: { refresh(): Promise<string> } }).harness.refresh();
      });
      await asked;
      // It holds the turn, and does not hear the answer. Longer than the lease of the attempt: the other tab has to take over.
      await stuck.page.evaluate(() => {
        setTimeout(() => {
          const end = Date.now() + 25_000;
          while (Date.now() < end);
        });
      });
      const begun = Date.now();
      expect(await other.refresh()).toBe('ok');
      expect(Date.now() - begun).toBeLessThan(16_000);
      expect(await other.count('lock-stolen')).toBe(1);
      const kept = await other.call(3);
      expect(kept).toEqual(['ok', 'ok', 'ok']);
      await expect.poll(() => stuck.phase(), { timeout: 40_000 }).toBe('fresh');
      expect(await stuck.call()).toEqual(['ok']);
      expect([await stuck.count('ended'), await other.count('ended')]).toEqual([0, 0]);
    },
  );

  test(
    'F35 B: the crash of the tab that renews costs nobody the session',
    { tag: '@issuer' },
    async ({ open, context, server }) => {
      const [doomed, other] = [await open(), await open()];
      await doomed.login();
      await expect.poll(() => other.phase()).toBe('fresh');
      await addFault(server, { on: 'refresh', kind: 'delay', delay: 3_000 });
      await doomed.page.evaluate(() => {
        void (window as unknown as { harness: { refresh(): Promise<string> } }).harness.refresh();
      });
      await expect.poll(async () => (await refreshesSince(server)).length).toBe(1);
      const crash = await context.newCDPSession(doomed.page);
      crash.send('Page.crash').catch(() => undefined);
      expect(await other.refresh()).toBe('ok');
      expect(await other.call()).toEqual(['ok']);
      expect(await other.count('ended')).toBe(0);
    },
  );

  for (const missing of ['locks', 'BroadcastChannel', 'both']) {
    test(`F40 B: tabs without ${missing} still renew once`, async ({ open, server, strictly }) => {
      await strictly();
      const without = (page: Tab['page']): Promise<void> =>
        page
          .addInitScript(what => {
            if (what !== 'BroadcastChannel')
              Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
            if (what !== 'locks') Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
          }, missing)
          .then(() => undefined);
      const tab = await open({ rotation: 'strict', before: without });
      await tab.login();
      const other = await open({ rotation: 'strict', before: without });
      await expect.poll(() => other.phase()).toBe('fresh');
      const begin = await endOfLog(server);
      await expireTokens(server);
      const answers = await Promise.all([tab.call(5), other.call(5)]);
      expect(new Set(answers.flat())).toEqual(new Set(['ok']));
      expect((await refreshesSince(server, begin)).map(({ outcome }) => outcome)).toEqual(['rotated']);
    });
  }

  test('F41 F86 B: ten thousand forged and repeated messages of a script cause reads and nothing else', async ({
    open,
    server,
  }) => {
    const tab = await open();
    await tab.login();
    const begin = await endOfLog(server);
    await tab.page.evaluate(name => {
      const channel = new BroadcastChannel(name);
      for (let count = 0; count < 10_000; count += 1) {
        channel.postMessage(count % 2 ? 'changed' : { type: 'ended', sid: 'x', token: 'forged' });
      }
      channel.close();
    }, `ngx-latchkey:jwt-server ${server}`);
    expect(await tab.call()).toEqual(['ok']);
    expect([await tab.phase(), await tab.count('ended')]).toEqual(['fresh', 0]);
    expect(await refreshesSince(server, begin)).toEqual([]);
  });

  test('F42 B: a tab and its duplicate spend one refresh token once', async ({
    open,
    context,
    server,
    strictly,
  }) => {
    await strictly();
    const tab = await open({ rotation: 'strict' });
    await tab.login();
    const opened = context.waitForEvent('page');
    // Opened by the page itself: what a tab keeps for itself is copied.
    await tab.page.evaluate(() => {
      window.open(location.href);
    });
    const duplicate = tabOf(await opened, server);
    await expect.poll(() => duplicate.phase()).toBe('fresh');
    const begin = await endOfLog(server);
    await expireTokens(server);
    expect(await Promise.all([tab.call(), duplicate.call()])).toEqual([['ok'], ['ok']]);
    expect((await refreshesSince(server, begin)).map(({ outcome }) => outcome)).toEqual(['rotated']);
  });

  test('F43 B: of thirty tabs only the one that is seen renews', async ({ open, server }) => {
    test.setTimeout(120_000);
    await setTokenLife(server, 900);
    const seen = await open();
    await seen.login();
    const hidden: Tab[] = [];
    for (let count = 0; count < 29; count += 1) hidden.push(await open({ before: hide }));
    let sent = 0;
    for (const { page } of hidden) {
      page.on('request', request => (sent += request.url().endsWith('/auth/refresh') ? 1 : 0));
    }
    for (const tab of hidden) await expect.poll(() => tab.phase()).toBe('fresh');
    await setTokenLife(server, 8);
    expect(await seen.refresh()).toBe('ok');
    const begin = await endOfLog(server);
    await expect.poll(() => seen.count('refreshed'), { timeout: 30_000 }).toBe(3);
    expect(await refreshesSince(server, begin)).toHaveLength(2);
    expect(sent).toBe(0);
    for (const tab of hidden) expect(await tab.phase()).toBe('fresh');
  });
});

/** A page that the user does not see; a headless browser calls every page visible. */
async function hide(page: Tab['page']): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden' });
  });
}
