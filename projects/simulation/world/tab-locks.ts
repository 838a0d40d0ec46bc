import type { Lock } from 'ngx-latchkey/core';
import type { Page } from './page';

interface Turn {
  readonly page: Page;
  readonly begin: () => void;
}

/** The Web Lock of the session: first come, first served; it is free again when its page is gone, and can be stolen. */
export class TabLocks {
  steals = 0;
  /** Whether two pages at once took what they alone knew for the newest: one was frozen when the storage refused what it wrote. */
  divided = false;
  /** A tab asks for a turn although it has one or waits for one. */
  askedTwice: (page: Page) => void = () => undefined;
  private holder: Turn | null = null;
  private readonly queue: Turn[] = [];
  private readonly memoryHolders = new Set<Page>();
  private readonly failure: (code: string) => Error;
  private readonly sure: boolean;

  constructor(sure: boolean, failure: (code: string) => Error) {
    this.sure = sure;
    this.failure = failure;
  }

  /** What a page that is gone held is free. */
  release(page: Page): void {
    this.memoryHolders.delete(page);
    for (const turn of this.queue.filter(waiting => waiting.page === page)) this.leave(turn);
    if (this.holder?.page === page) this.leave(this.holder);
  }

  /** Whether the page alone knows the newest token. */
  holdsMemory(page: Page): boolean {
    return this.memoryHolders.has(page);
  }

  lockOf(page: Page): Lock {
    return {
      sure: this.sure,
      exclusive: (task, patience, steal = false) =>
        this.sure ? this.exclusive(page, task, patience, steal) : task(),
    };
  }

  /** The page alone knows the newest token, or does not any more. */
  hold(page: Page, holds: boolean): void {
    if (holds && this.sure) this.memoryHolders.add(page);
    else this.memoryHolders.delete(page);
    this.divided ||= this.memoryHolders.size > 1;
  }

  private exclusive<Result>(
    page: Page,
    task: () => Promise<Result>,
    patience: number,
    steal: boolean,
  ): Promise<Result> {
    if (!steal && [this.holder, ...this.queue].some(turn => turn?.page === page)) this.askedTwice(page);
    if (steal && this.heldElsewhere(page)) return Promise.reject(this.failure('held-elsewhere'));
    return new Promise((resolve, reject) => {
      const turn: Turn = {
        page,
        begin: () => {
          page.run(() => {
            if (over || page.uptime > deadline) {
              this.leave(turn);
              return;
            }
            stopTimer();
            const work = this.heldElsewhere(page) ? Promise.reject(this.failure('held-elsewhere')) : task();
            void work.then(resolve, reject).finally(() => {
              this.leave(turn);
            });
          });
        },
      };
      // A page that was frozen may hear of its turn when it has been robbed of it.
      const deadline = page.uptime + patience;
      let over = false;
      const stopTimer = page.clock.after(patience, () => {
        over = true;
        this.leave(turn);
        reject(this.failure('lock-timeout'));
      });
      // Whoever is robbed goes on all the same, and knows nothing of it.
      if (steal && this.holder !== null) {
        this.steals += 1;
        this.holder = null;
      }
      this.queue[steal ? 'unshift' : 'push'](turn);
      this.next();
    });
  }

  private heldElsewhere(page: Page): boolean {
    return this.memoryHolders.size > 0 && !this.memoryHolders.has(page);
  }

  private leave(turn: Turn): void {
    const place = this.queue.indexOf(turn);
    if (place >= 0) this.queue.splice(place, 1);
    if (this.holder !== turn) return;
    this.holder = null;
    this.next();
  }

  private next(): void {
    if (this.holder !== null) return;
    this.holder = this.queue.shift() ?? null;
    this.holder?.begin();
  }
}
