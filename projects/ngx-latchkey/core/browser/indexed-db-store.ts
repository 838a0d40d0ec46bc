import type { RecordStore } from '../session/ports';
import { asSessionRecord, type SessionRecord } from '../session/session-record';

const DATABASE = 'ngx-latchkey';
const RECORDS = 'sessions';

/** Keeps the record in IndexedDB, the one storage that is never stale when a Web Lock changes hands. Rejects where it is blocked. */
export function indexedDbStore(key: string): RecordStore {
  let opened: Promise<IDBDatabase> | null = null;
  const database = (): Promise<IDBDatabase> => {
    opened ??= open(() => (opened = null));
    return opened;
  };

  const transact = async (
    mode: IDBTransactionMode,
    decide: (current: SessionRecord | undefined) => SessionRecord | undefined,
  ): Promise<SessionRecord | undefined> => {
    const transaction = (await database()).transaction(RECORDS, mode, { durability: 'strict' });
    const records = transaction.objectStore(RECORDS);
    return new Promise((resolve, reject) => {
      let outcome: SessionRecord | undefined;
      let broken: Error | null = null;
      const found = records.get(key);
      found.onsuccess = () => {
        try {
          const current = asSessionRecord(found.result);
          const decided = decide(current);
          outcome = decided ?? current;
          if (decided !== undefined) records.put(decided, key);
        } catch (error) {
          broken = error as Error;
          transaction.abort();
        }
      };
      transaction.oncomplete = () => {
        resolve(outcome);
      };
      transaction.onabort = () => {
        reject(broken ?? transaction.error ?? new Error());
      };
    });
  };

  return {
    read: () => transact('readonly', () => undefined),
    change: decide => transact('readwrite', decide),
  };
}

function open(lost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(RECORDS);
    request.onerror = () => {
      lost();
      reject(request.error ?? new Error());
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = lost;
      // Another version of the library wants to change the database: never stand in its way.
      database.onversionchange = () => {
        database.close();
        lost();
      };
      resolve(database);
    };
  });
}
