import { expireTokens } from '../support/auth-server-admin';
import { endOfLog } from '../support/request-log';
import { expect, refreshesSince, test } from './fault-test';

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
