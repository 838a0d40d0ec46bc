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

  return {
    async read() {
      const records = (await database()).transaction(RECORDS).objectStore(RECORDS);
      return asSessionRecord(await resultOf(records.get(key)));
    },
    async change(decide) {
      const transaction = (await database()).transaction(RECORDS, 'readwrite', { durability: 'strict' });
      const records = transaction.objectStore(RECORDS);
      return new Promise<SessionRecord | undefined>((resolve, reject) => {
        let outcome: SessionRecord | undefined;
        const found = records.get(key);
        found.onsuccess = () => {
          const current = asSessionRecord(found.result);
          const decided = decide(current);
          outcome = decided ?? current;
          if (decided !== undefined) records.put(decided, key);
        };
        transaction.oncomplete = () => {
          resolve(outcome);
        };
        transaction.onabort = () => {
          reject(transaction.error ?? new Error('The transaction was aborted.'));
        };
      });
    },
  };
}

function open(lost: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(RECORDS);
  return resultOf(request).then(
    database => {
      database.onclose = lost;
      // Another version of the library wants to change the database: never stand in its way.
      database.onversionchange = () => {
        database.close();
        lost();
      };
      return database;
    },
    (error: unknown) => {
      lost();
      throw error;
    },
  );
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB failed.'));
    };
  });
}
