import type { Lock } from 'ngx-latchkey/core';
import type { Page } from './page';

interface Turn {
  readonly page: Page;
  readonly begin: () => void;
  readonly robbed: () => void;
}

/** The Web Lock of the session: first come, first served; it is free again when its page is gone, and can be stolen. */
export class TabLocks {
  steals = 0;
  /** A tab asks for a turn although it has one or waits for one. */
  askedTwice: (page: Page) => void = () => undefined;
  private holder: Turn | null = null;
  private readonly queue: Turn[] = [];
  private readonly memoryHolders = new Set<Page>();
  private readonly timeout: () => Error;
  private readonly sure: boolean;

  constructor(sure: boolean, timeout: () => Error) {
    this.sure = sure;
    this.timeout = timeout;
  }

  /** What a page that is gone held is free. */
  release(page: Page): void {
    this.memoryHolders.delete(page);
    for (const turn of this.queue.filter(waiting => waiting.page === page)) this.leave(turn);
    if (this.holder?.page === page) this.leave(this.holder);
  }

  lockOf(page: Page): Lock & Record<string, unknown> {
    return {
      sure: this.sure,
      exclusive: (task: () => Promise<unknown>, patience: number, steal = false) =>
        this.sure ? this.exclusive(page, task, patience, steal) : task(),
      hold: () => this.memoryHolders.add(page),
      heldElsewhere: () => Promise.resolve([...this.memoryHolders].some(holder => holder !== page)),
    } as Lock & Record<string, unknown>;
  }

  private exclusive(
    page: Page,
    task: () => Promise<unknown>,
    patience: number,
    steal: boolean,
  ): Promise<unknown> {
    if (!steal && [this.holder, ...this.queue].some(turn => turn?.page === page)) this.askedTwice(page);
    return new Promise((resolve, reject) => {
      const turn: Turn = {
        page,
        begin: () =>
          page.run(() => {
            stopTimer();
            task()
              .then(resolve, reject)
              .finally(() => this.leave(turn));
          }),
        robbed: () => page.run(() => reject(this.timeout())),
      };
      const stopTimer = page.clock.after(patience, () => {
        this.leave(turn);
        reject(this.timeout());
      });
      if (steal) this.rob();
      this.queue[steal ? 'unshift' : 'push'](turn);
      this.next();
    });
  }

  private rob(): void {
    this.steals += 1;
    this.holder?.robbed();
    this.holder = null;
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
