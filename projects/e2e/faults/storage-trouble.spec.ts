import type { Page } from '@playwright/test';
import { expireTokens } from '../support/auth-server-admin';
import { endOfLog } from '../support/request-log';
import { expect, refreshesSince, test } from './fault-test';

interface Noted {
  phases?: string[];
}

/** Has the page note each phase that its user could have seen. */
async function notePhases(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const phases: string[] = ((window as Noted).phases = []);
    new MutationObserver(() => {
      const seen = document.querySelector('[data-testid=phase]')?.textContent ?? '';
      if (phases.at(-1) !== seen) phases.push(seen);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

test.describe('storage', { tag: '@faults' }, () => {
  test(
    'F54 B: a disk that is full costs no session, and the spent token is not sent again',
    { tag: '@issuer' },
    async ({ open, server, strictly }) => {
      await strictly();
      const [tab, other] = [await open({ rotation: 'strict' }), await open({ rotation: 'strict' })];
      await tab.login();
      await expect.poll(() => other.phase()).toBe('fresh');
      await tab.page.evaluate(() => {
        let puts = 0;
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (...values: Parameters<typeof put>) {
          // The intent is written, the new token is not.
          if ((puts += 1) > 1) throw new DOMException('full', 'QuotaExceededError');
          return put.apply(this, values);
        };
      });
      const begin = await endOfLog(server);
      expect(await tab.refresh()).toBe('ok');
      expect(await tab.count('storage-degraded')).toBe(1);
      await expireTokens(server);
      expect(await tab.call(3)).toEqual(['ok', 'ok', 'ok']);
      expect(await other.refresh()).toBe('held-elsewhere');
      expect((await refreshesSince(server, begin)).map(({ outcome }) => outcome)).toEqual([
        'rotated',
        'rotated',
      ]);
      expect([await tab.count('ended'), await other.count('ended')]).toEqual([0, 0]);
    },
  );

  for (const probe of [true, false]) {
    test(`F59 B: a session of which only the cookie is left is ${probe ? 'found, and no login page is seen before' : 'not looked for unasked'}`, async ({
      open,
      server,
    }) => {
      const tab = await open({ transport: 'cookie', probe });
      await tab.login();
      const user = await tab.user();
      await tab.page.evaluate(async () => {
        for (const { name = '' } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
        localStorage.clear();
        sessionStorage.clear();
      });
      await tab.page.close();
      const begin = await endOfLog(server);
      const later = await open({ transport: 'cookie', probe, before: notePhases });
      await expect.poll(() => later.phase()).toBe(probe ? 'fresh' : 'anonymous');
      expect(await later.user()).toBe(probe ? user : null);
      const phases = await later.page.evaluate(() => (window as Noted).phases ?? []);
      expect(phases.includes('anonymous')).toBe(!probe);
      expect(await refreshesSince(server, begin)).toHaveLength(probe ? 1 : 0);
    });
  }

  test('F59 B: where nobody ever signed in, the server is asked once and not with each page', async ({
    open,
    server,
  }) => {
    const begin = await endOfLog(server);
    for (let page = 0; page < 3; page += 1) {
      const tab = await open({ transport: 'cookie', probe: true });
      await expect.poll(() => tab.phase()).toBe('anonymous');
      await tab.page.close();
    }
    expect(await refreshesSince(server, begin)).toHaveLength(1);
    const tab = await open({ transport: 'cookie', probe: true });
    expect(await tab.login()).toBe('ok');
    const later = await open({ transport: 'cookie', probe: true });
    await expect.poll(() => later.phase()).toBe('fresh');
  });

  for (const [id, block] of [
    ['F57 B', "indexedDB.open = () => { throw new DOMException('no', 'UnknownError'); }"],
    [
      'F58 B',
      "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })",
    ],
  ] as const) {
    test(`${id}: where nothing can be stored, the session lives in its tab`, async ({ open, server }) => {
      const tab = await open({ before: page => page.addInitScript(block).then(() => undefined) });
      expect(await tab.login()).toBe('ok');
      expect(await tab.count('storage-degraded')).toBe(1);
      await expireTokens(server);
      expect(await tab.call(2)).toEqual(['ok', 'ok']);
    });
  }

  test('F60 B: a record of a newer version is neither used nor destroyed', async ({ open }) => {
    const tab = await open();
    await tab.login();
    const read = (change: boolean): Promise<unknown> =>
      tab.page.evaluate(async write => {
        const finished = <Result>(request: IDBRequest<Result>): Promise<Result> =>
          new Promise(resolve => {
            request.onsuccess = () => {
              resolve(request.result);
            };
          });
        const database = await finished(indexedDB.open('ngx-latchkey'));
        const store = database.transaction('sessions', 'readwrite').objectStore('sessions');
        const [key] = await finished(store.getAllKeys());
        const record = (await finished(store.get(key ?? ''))) as { v: number };
        if (write) await finished(store.put({ ...record, v: 2 }, key));
        database.close();
        return record.v;
      }, change);
    await read(true);
    expect(await tab.refresh()).toBe('newer-record');
    expect(await tab.call()).toEqual(['ok']);
    expect(await read(false)).toBe(2);
  });
});
