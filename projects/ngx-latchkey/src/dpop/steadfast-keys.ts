import { type Keeping, authError } from 'ngx-latchkey/core';
import { indexedDbKeys } from './indexed-db-keys';
import { type KeyStore, memoryKeys } from './key-store';

/** Milliseconds that a storage may take before it counts as broken. */
const PATIENCE = 3_000;

/**
 * Where the session is kept, its key is kept too: shared by all tabs, or in the memory of one. What the browser's storage does not take, this
 * tab alone has.
 */
export function keyStore(name: string, keeping: Keeping): KeyStore {
  const memory = memoryKeys();
  return keeping === 'tab' ? memory : steadfastKeys(indexedDbKeys(name), memory);
}

function steadfastKeys(durable: KeyStore, memory: KeyStore): KeyStore {
  return {
    async read() {
      try {
        return (await memory.read()) ?? (await inTime(durable.read()));
      } catch {
        // That nobody can look is no proof that there is nothing.
        throw authError('not-now', 'storage-unreadable');
      }
    },
    keep: pair => inTime(durable.keep(pair)).catch(() => memory.keep(pair)),
    async drop() {
      await memory.drop();
      await inTime(durable.drop()).catch(() => undefined);
    },
  };
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
