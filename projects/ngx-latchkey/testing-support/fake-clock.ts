import type { Clock } from 'ngx-latchkey/core';

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that stands still until it is told to move, and runs what falls due on the way. */
export class FakeClock implements Clock {
  private readonly timers = new Set<Timer>();
  private time = Date.UTC(2026, 10, 20);

  now(): number {
    return this.time;
  }

  after(delay: number, task: () => void): () => void {
    const timer = { at: this.time + delay, task };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  get pending(): number {
    return this.timers.size;
  }

  /** Moves on by so many milliseconds. */
  async advance(span: number): Promise<void> {
    const end = this.time + span;
    await settle();
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.task();
      await settle();
    }
    this.time = end;
  }

  /** What a computer asleep, or a person with the clock's settings, does: time passes and no timer runs. */
  jump(span: number): void {
    this.time += span;
  }

  private next(end: number): Timer | undefined {
    return [...this.timers].filter(timer => timer.at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Lets every promise that can go on go on. */
export function settle(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Waits until something is so, for parts of the browser that answer when they like. */
export async function eventually(isSo: () => boolean): Promise<void> {
  const patience = performance.now() + 4_000;
  while (!isSo()) {
    if (performance.now() > patience) throw new Error(`It never came true: ${String(isSo)}`);
    await settle();
  }
}
