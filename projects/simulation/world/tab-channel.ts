import type { Channel } from 'ngx-latchkey/core';
import type { Chance } from './chance';
import type { Page } from './page';
import type { VirtualTime } from './virtual-time';

/** What becomes of the messages between tabs. */
export type Delivery = 'prompt' | 'late' | 'unreliable' | 'none';

/** Milliseconds after which every message of a channel that can be relied on has arrived. */
export const LATEST_DELIVERY = 300;

/** The BroadcastChannel of the session. */
export class TabChannel {
  /** Everything that was ever handed to the channel beyond the fact that something changed. */
  readonly said: unknown[] = [];
  /** When each page announced something last. */
  readonly announcedAt = new Map<Page, number>();
  private readonly ears = new Map<Page, () => void>();
  private readonly time: VirtualTime;
  private readonly chance: Chance;
  private readonly delivery: Delivery;

  constructor(time: VirtualTime, chance: Chance, delivery: Delivery) {
    this.time = time;
    this.chance = chance;
    this.delivery = delivery;
  }

  /** Whether all messages arrive. */
  get reliable(): boolean {
    return this.delivery === 'prompt' || this.delivery === 'late';
  }

  channelOf(page: Page): Channel {
    return {
      announce: (...said: unknown[]) => {
        this.said.push(...said);
        this.announce(page);
      },
      listen: heard => {
        this.ears.set(page, heard);
        return () => this.ears.delete(page);
      },
    };
  }

  /** Nobody listens there any more. */
  forget(page: Page): void {
    this.ears.delete(page);
  }

  private announce(from: Page): void {
    this.announcedAt.set(from, this.time.now);
    if (this.delivery === 'none') return;
    const unreliable = this.delivery === 'unreliable';
    for (const [page, heard] of this.ears) {
      if (page === from || (unreliable && this.chance.happens(0.3))) continue;
      const copies = unreliable && this.chance.happens(0.2) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const delay = this.delivery === 'prompt' ? 0 : this.chance.upTo(LATEST_DELIVERY);
        this.time.after(delay, () => {
          if (!page.left) page.run(heard);
        });
      }
    }
  }
}
