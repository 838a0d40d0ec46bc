import type { RecordStore } from '../session/ports';
import type { SessionRecord } from '../session/session-record';

/** Keeps the record in this tab's memory: a reload ends the session. */
export function memoryStore(initial?: SessionRecord): RecordStore {
  let record = initial;
  return {
    read: () => Promise.resolve(record),
    change: decide => {
      record = decide(record) ?? record;
      return Promise.resolve(record);
    },
  };
}
