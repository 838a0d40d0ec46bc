import type { KeyStore } from './key-store';

/** A database of its own: that of the sessions is the same whether there are keys or not. */
const DATABASE = 'ngx-latchkey-keys';
const KEYS = 'keys';

/** Keeps a key pair in IndexedDB, the one storage that takes keys which no script can read. Rejects where it is blocked. */
export function indexedDbKeys(name: string): KeyStore {
  const transact = async <Result>(
    mode: IDBTransactionMode,
    work: (keys: IDBObjectStore) => { result: Result | undefined },
  ): Promise<Result | undefined> => {
    const database = await open();
    return new Promise<Result | undefined>((resolve, reject) => {
      const transaction = database.transaction(KEYS, mode, { durability: 'strict' });
      const outcome = work(transaction.objectStore(KEYS));
      transaction.oncomplete = () => {
        resolve(outcome.result);
      };
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('The transaction was aborted.'));
      };
    }).finally(() => {
      database.close();
    });
  };

  return {
    read: () => transact<CryptoKeyPair>('readonly', keys => keys.get(name)),
    async keep(pair) {
      const kept = await transact<CryptoKeyPair>('readwrite', keys => {
        const outcome = { result: pair };
        const found = keys.get(name);
        found.onsuccess = () => {
          const kept = found.result as CryptoKeyPair | undefined;
          if (kept === undefined) keys.put(pair, name);
          else outcome.result = kept;
        };
        return outcome;
      });
      return kept ?? pair;
    },
    async drop() {
      await transact('readwrite', keys => keys.delete(name));
    },
  };
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(KEYS);
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB cannot be opened.'));
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
  });
}
