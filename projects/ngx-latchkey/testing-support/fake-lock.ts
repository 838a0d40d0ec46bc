import { type Clock, type Lock, authError } from 'ngx-latchkey/core';

interface Waiting {
  begin(): void;
}

/** A lock of all tabs of one browser, first come, first served, that can be stolen. */
export class FakeLock implements Lock {
  sure = true;
  /** How often a tab asked for its turn. */
  turns = 0;
  private readonly clock: Clock;
  private queue: Waiting[] = [];
  private holder: symbol | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  exclusive<Result>(task: () => Promise<Result>, patience: number, steal = false): Promise<Result> {
    this.turns += 1;
    if (!this.sure) return task();
    return new Promise((resolve, reject) => {
      const me = Symbol('holder');
      const waiting: Waiting = {
        begin: () => {
          stopTimer();
          this.holder = me;
          void task()
            .then(resolve, reject)
            .finally(() => {
              // Whoever was robbed has nothing to hand on.
              if (this.holder === me) this.next();
            });
        },
      };
      const stopTimer = this.clock.after(patience, () => {
        this.queue = this.queue.filter(other => other !== waiting);
        reject(authError('not-now', 'lock-timeout'));
      });
      if (steal || this.holder === null) waiting.begin();
      else this.queue.push(waiting);
    });
  }

  /** The page of whoever holds it is gone. */
  release(): void {
    this.next();
  }

  private next(): void {
    this.holder = null;
    this.queue.shift()?.begin();
  }
}
