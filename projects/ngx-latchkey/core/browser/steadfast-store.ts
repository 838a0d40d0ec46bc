import { AuthError, authError } from '../contract/auth-error';
import type { RecordStore } from '../session/ports';
import { type SessionRecord, latest } from '../session/session-record';

/** Milliseconds that a storage may take before it counts as broken. */
const PATIENCE = 3_000;
/** Milliseconds after which what was not taken is offered again. */
const AGAIN = 10_000;
/** Milliseconds for which a storage that cannot be read any more is waited for. */
const HOPE = 60_000;

/**
 * Uses a store as long as it works. What it does not take (blocked, full, broken) this tab keeps in memory, and offers it to the store again,
 * with every later change and every ten seconds. What it knows may be older than what is stored, so that a reader is told of the breakdown
 * for the first minute; most are over by then.
 *
 * @param degraded called when a change could not be stored, so that this tab alone knows of it
 * @param mended called when the store has taken what this tab alone knew
 */
export function steadfastStore(durable: RecordStore, degraded: () => void, mended: () => void): RecordStore {
  let known: SessionRecord | undefined;
  // What the store did not take.
  let unsaved: SessionRecord | undefined;
  // A storage that never worked has nothing that could be newer.
  let hopeless = true;
  let again: Timer;
  let end: Timer;

  const newest = (kept: SessionRecord | undefined): SessionRecord | undefined =>
    unsaved ? latest(unsaved, kept) : kept;

  const works = (record: SessionRecord | undefined, saved: boolean): void => {
    known = record;
    hopeless = false;
    clearTimeout(end);
    end = undefined;
    if (!unsaved || !saved) return;
    unsaved = undefined;
    mended();
  };

  const change: RecordStore['change'] = async decide => {
    clearTimeout(again);
    let offered: SessionRecord | undefined;
    try {
      const record = await inTime(
        durable.change(kept => {
          offered = unsaved;
          const current = newest(kept);
          return decide(current) ?? (current === kept ? undefined : current);
        }),
      );
      // Another change may have failed since this one was decided; then that is still to be stored.
      const all = offered === unsaved;
      works(all ? record : newest(record), all);
    } catch (error) {
      passOn(error);
      const decided = decide(known);
      if (decided && !unsaved) degraded();
      known = decided ?? known;
      unsaved = decided ?? unsaved;
      if (unsaved) again = setTimeout(() => void change(() => undefined).catch(() => undefined), AGAIN);
    }
    return known;
  };

  return {
    change,
    async read() {
      try {
        const record = newest(await inTime(durable.read()));
        works(record, record !== unsaved);
      } catch (error) {
        passOn(error);
        end ??= setTimeout(() => (hopeless = true), HOPE);
        if (!hopeless) throw authError('not-now', 'storage-unreadable');
      }
      return known;
    },
  };
}

type Timer = ReturnType<typeof setTimeout> | undefined;

/** What the store itself has to say about a record is no breakdown. */
function passOn(error: unknown): void {
  if (error instanceof AuthError) throw error;
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    // In two halves: in a page that stood still the timer is over before the storage had its say.
    let timer = setTimeout(() => (timer = setTimeout(reject, PATIENCE / 2)), PATIENCE / 2);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
