import type { RecordStore, SessionRecord } from 'ngx-latchkey/core';
import type { Chance } from './chance';
import type { Page } from './page';
import type { VirtualTime } from './virtual-time';

/** How the storage fails: it takes nothing in, it is broken, or it never answers. */
export type StorageTrouble = 'quota' | 'unknown' | 'silent';

/** A record that was written over another. */
export interface Write {
  readonly page: Page;
  readonly before: SessionRecord | undefined;
  readonly after: SessionRecord;
}

const HOPE = 59_000;

/** The one IndexedDB of the browser: a record, changed in transactions that come one after the other and take their time. */
export class Database {
  record: SessionRecord | undefined;
  trouble: StorageTrouble | null = null;
  /** Whether it was broken, whenever some tab looked, for longer than a tab waits before it trusts its memory. */
  outlasted = false;
  /** Whether it ever failed, so that tabs may have turned to their memory. */
  everFailed = false;
  written: (write: Write) => void = () => undefined;
  /** The most milliseconds that a transaction takes, and that its result is on its way. */
  slowness = 0;
  private readonly time: VirtualTime;
  private readonly chance: Chance;
  private readonly delivered = new WeakMap<Page, number>();
  private readonly failingSince = new WeakMap<Page, number>();
  private busyUntil = 0;

  constructor(time: VirtualTime, chance: Chance) {
    this.time = time;
    this.chance = chance;
  }

  /** The store as one page has it. */
  storeOf(page: Page): RecordStore {
    return {
      read: () => this.transact(page, () => undefined),
      change: decide => this.transact(page, decide),
    };
  }

  private transact(
    page: Page,
    decide: (current: SessionRecord | undefined) => SessionRecord | undefined,
  ): Promise<SessionRecord | undefined> {
    return new Promise((resolve, reject) => {
      this.busyUntil = Math.max(this.busyUntil, this.time.now + this.hesitation());
      this.time.after(this.busyUntil - this.time.now, () =>
        page.run(() => {
          this.note(page);
          if (this.trouble === 'silent') return;
          // What is read is a copy, as it is in a browser.
          const current = this.record && { ...this.record };
          const decided = this.trouble === 'unknown' ? undefined : decide(current);
          if (this.trouble === 'unknown' || (decided !== undefined && this.trouble === 'quota')) {
            reject(new DOMException('The storage is in trouble.', 'UnknownError'));
            return;
          }
          if (decided !== undefined) this.put(page, decided);
          this.deliver(page, () => resolve(decided ?? current));
        }),
      );
    });
  }

  private note(page: Page): void {
    if (this.trouble === null) {
      this.failingSince.delete(page);
      return;
    }
    this.everFailed = true;
    const since = this.failingSince.get(page) ?? this.time.now;
    this.failingSince.set(page, since);
    this.outlasted ||= this.time.now - since >= HOPE;
  }

  /** A page hears of its transactions in their order. */
  private deliver(page: Page, task: () => void): void {
    const at = Math.max(this.delivered.get(page) ?? 0, this.time.now + this.hesitation());
    this.delivered.set(page, at);
    this.time.after(at - this.time.now, () => page.run(task));
  }

  private put(page: Page, after: SessionRecord): void {
    const before = this.record;
    this.record = after;
    this.written({ page, before, after });
  }

  private hesitation(): number {
    return Math.floor(this.chance.upTo(this.slowness));
  }
}
