import type { Page } from '@playwright/test';

/** Everything that any script of a page can read of what is kept, as text. */
export function readableByScript(
  page: Page,
): Promise<{ readonly webStorage: string; readonly cookies: string; readonly indexedDb: string }> {
  return page.evaluate(async () => {
    const finished = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('IndexedDB failed.'));
        };
      });
    const records: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await finished(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        records.push(await finished(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return {
      webStorage: JSON.stringify([localStorage, sessionStorage].map(storage => Object.entries(storage))),
      cookies: document.cookie,
      indexedDb: JSON.stringify(records),
    };
  });
}
