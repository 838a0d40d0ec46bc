import type { LiveRecord, SessionEvent } from 'ngx-latchkey/core';
import type { Page } from './page';

/** A session that is over in the storage. */
export interface Ending {
  readonly sid: string;
  readonly at: number;
  /** Who ended it. */
  readonly by: Page;
  /** How long each page had been running then. */
  readonly ran: ReadonlyMap<Page, number>;
}

/** What has happened in a world, as the one who knows everything notes it. */
export class Ledger {
  /** The sessions that are over in the storage. */
  readonly endings = new Map<string, Ending>();
  /** The user of each epoch. */
  readonly users = new Map<number, string>();
  /** Refresh tokens that a tab or the storage has, or had, and the session of each. */
  readonly sessions = new Map<string, string>();
  /** Refresh tokens that the storage has taken in, and when. */
  readonly kept = new Map<string, number>();
  /** The epoch of each session. */
  readonly epochs = new Map<string, number>();
  /** The last epoch that a user has ended in some tab. */
  signedOutEpoch = 0;
  /** The last epoch whose token an API called dead where none can be renewed. */
  expiredEpoch = 0;
  /** When anything was written last. */
  writtenAt = -Infinity;
  /** When a person or a server set the clock last. */
  clockSetAt = -Infinity;
  /** How often a renewal was begun, for each generation of each session. */
  readonly intents = new Map<string, number>();
  /** How often each transition, fault and action took place. */
  readonly counts = new Map<string, number>();

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  countIntent({ sid, generation }: LiveRecord): void {
    const name = `${sid} ${generation}`;
    this.intents.set(name, (this.intents.get(name) ?? 0) + 1);
  }

  countPhase(event: Extract<SessionEvent, { type: 'phase' }>): void {
    this.count(`transition ${event.from} --${event.reason}--> ${event.to}`);
  }

  know({ held, sid, epoch }: LiveRecord): void {
    this.epochs.set(sid, epoch);
    if (held.secret !== undefined) this.sessions.set(held.secret, sid);
  }

  keep(record: LiveRecord, now: number): void {
    const { held, epoch } = record;
    this.know(record);
    if (held.secret !== undefined && !this.kept.has(held.secret)) this.kept.set(held.secret, now);
    if (held.user !== undefined && !this.users.has(epoch)) this.users.set(epoch, held.user.id);
  }
}
