import type { Page } from '@playwright/test';

/** In which storages any script of the page can read the text. */
export async function findInStorage(page: Page, text: string): Promise<readonly string[]> {
  const kept = await page.evaluate(async () => {
    const databases: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, failed) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error ?? new Error('IndexedDB'));
      });
      for (const store of database.objectStoreNames) {
        databases.push(
          await new Promise((done, failed) => {
            const request = database.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => done(request.result);
            request.onerror = () => failed(request.error ?? new Error('IndexedDB'));
          }),
        );
      }
      database.close();
    }
    return {
      localStorage: JSON.stringify(Object.entries(localStorage)),
      sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
      IndexedDB: JSON.stringify(databases),
      'a cookie': document.cookie,
    };
  });
  return Object.entries(kept)
    .filter(([, content]) => content.includes(text))
    .map(([name]) => name);
}
