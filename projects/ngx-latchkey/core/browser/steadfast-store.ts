import { AuthError } from '../contract/auth-error';
import type { RecordStore } from '../session/ports';
import { type SessionRecord, latest } from '../session/session-record';

/** Milliseconds that a storage may take before it counts as broken. */
const PATIENCE = 3_000;

/**
 * Uses a store as long as it works. What it does not take (blocked, full, broken) this tab keeps in memory, and every later change tries
 * the store again.
 *
 * @param degraded called when a change could not be stored, so that this tab alone knows of it
 * @param mended called when the store has taken what this tab alone knew
 */
export function steadfastStore(durable: RecordStore, degraded: () => void, mended: () => void): RecordStore {
  let known: SessionRecord | undefined;
  let inMemory = false;

  return {
    async read() {
      try {
        const kept = await inTime(durable.read());
        known = inMemory ? latest(kept, known) : kept;
      } catch (error) {
        passOn(error);
        // What was known stays what is known.
      }
      return known;
    },
    async change(decide) {
      try {
        known = await inTime(
          durable.change(kept => {
            const newest = inMemory ? latest(kept, known) : kept;
            return decide(newest) ?? (newest === kept ? undefined : newest);
          }),
        );
        if (inMemory) mended();
        inMemory = false;
      } catch (error) {
        passOn(error);
        known = decide(known) ?? known;
        if (!inMemory) degraded();
        inMemory = true;
      }
      return known;
    },
  };
}

/** What the store itself has to say about a record is no breakdown. */
function passOn(error: unknown): void {
  if (error instanceof AuthError) throw error;
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
