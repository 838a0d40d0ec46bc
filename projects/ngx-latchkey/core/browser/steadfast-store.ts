import type { RecordStore } from '../session/ports';
import type { SessionRecord } from '../session/session-record';
import { memoryStore } from './memory-store';

/** Uses a store as long as it works. When it fails (blocked, full, broken), memory takes over with what was known, once and for good. */
export function steadfastStore(durable: RecordStore, degraded: () => void): RecordStore {
  let known: SessionRecord | undefined;
  let fallback: RecordStore | null = null;

  const attempt = async (work: (store: RecordStore) => Promise<SessionRecord | undefined>) => {
    if (fallback === null) {
      try {
        known = await work(durable);
        return known;
      } catch {
        // Whatever the reason, the answer is the same: the session must not depend on this store any more.
        fallback ??= memoryStore(known);
        degraded();
      }
    }
    return work(fallback);
  };

  return {
    read: () => attempt(store => store.read()),
    change: decide => attempt(store => store.change(decide)),
  };
}
