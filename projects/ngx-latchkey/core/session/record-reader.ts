import type { RecordStore } from './ports';
import type { SessionRecord } from './session-record';

/** A function that reads the record, and once more if it is called meanwhile, however often: hints may come in floods. */
export function recordReader(
  read: RecordStore['read'],
  found: (record: SessionRecord | undefined) => void,
  failed: () => void,
): () => void {
  let hints = 0;
  const look = (): void => {
    hints += 1;
    if (hints > 1) return;
    void read()
      .then(found, failed)
      .finally(() => {
        const more = hints > 1;
        hints = 0;
        if (more) look();
      });
  };
  return look;
}
