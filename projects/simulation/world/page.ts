import type { Clock } from 'ngx-latchkey/core';
import { type VirtualTime, WorldHangs } from './virtual-time';

/** The clock of the computer: what a person sets, and what all its pages read. */
export interface ComputerClock {
  /** Milliseconds ahead of the true time. */
  offset: number;
}

const MOST_LOOKS_AT_ONCE = 100_000;
/** A browser's timers take that long when they set each other. */
const SHORTEST_TIMER = 4;
/** Of one page within a second. */
const MOST_TIMERS = 150;

/**
 * What runs the code of one tab: whatever comes from outside comes through `run`. A frozen page takes it in when it goes on; a page that is
 * gone never does.
 */
export class Page {
  /** The page whose code runs now, or ran last. */
  static running: Page | null = null;
  readonly id: number;
  /** Milliseconds that the page has not run so far. */
  idle = 0;
  frozenSince: number | null = null;
  gone = false;
  visible = true;
  /** Whether it was left in the browser's back-forward cache, where no message reaches it. */
  left = false;
  private readonly time: VirtualTime;
  private readonly computer: ComputerClock;
  private readonly ahead: number;
  private readonly inbox: (() => void)[] = [];
  /** Whether the page polled where it should have waited. */
  busy = false;
  private second = 0;
  private timers = 0;
  private looks = 0;
  private lookedAt = 0;

  constructor(id: number, time: VirtualTime, computer: ComputerClock, ahead: number) {
    this.id = id;
    this.time = time;
    this.computer = computer;
    this.ahead = ahead;
  }

  get frozen(): boolean {
    return this.frozenSince !== null;
  }

  /** Milliseconds by a clock that nobody can set, and that does not stop while the page is frozen. */
  get uptime(): number {
    return this.time.now;
  }

  /** Milliseconds that the page has been running, by a clock that nobody can set. */
  get ran(): number {
    return (this.frozenSince ?? this.time.now) - this.idle;
  }

  readonly clock: Clock = {
    now: () => {
      if (this.time.now !== this.lookedAt) this.looks = 0;
      this.lookedAt = this.time.now;
      this.looks += 1;
      if (this.looks > MOST_LOOKS_AT_ONCE) throw new WorldHangs('The engine runs in circles.');
      return this.time.now + this.computer.offset + this.ahead;
    },
    after: (delay, task) => {
      let cancelled = false;
      const cancel = this.time.after(Math.max(delay, SHORTEST_TIMER), () =>
        this.run(() => {
          if (cancelled) return;
          this.countTimer();
          task();
        }),
      );
      return () => {
        cancelled = true;
        cancel();
      };
    },
  };

  private countTimer(): void {
    const second = Math.floor(this.time.now / 1000);
    this.timers = second === this.second ? this.timers + 1 : 1;
    this.second = second;
    if (this.timers > MOST_TIMERS) this.busy = true;
  }

  run(task: () => void): void {
    if (this.gone) return;
    if (this.frozen) {
      this.inbox.push(task);
      return;
    }
    Page.running = this;
    task();
  }

  freeze(): void {
    this.frozenSince ??= this.time.now;
  }

  /** Goes on, with all that came meanwhile. */
  thaw(): void {
    if (this.frozenSince === null) return;
    this.idle += this.time.now - this.frozenSince;
    this.frozenSince = null;
    // One after the other, each with its consequences, as the browser's event loop does it.
    for (const task of this.inbox.splice(0)) this.time.after(0, () => this.run(task));
  }
}
