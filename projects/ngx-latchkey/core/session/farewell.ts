import type { Held } from '../contract/grant';
import { isRefusal } from '../contract/refusal';
import type { OwnSession } from '../contract/session-kind';
import { FAREWELL_DEADLINE, perform } from './exchange';
import type { RecordStore, Transport } from './ports';
import type { SessionHappening } from './session-event';
import type { SessionRecord } from './session-record';

/** What the server is told of a logout. Where it keeps a cookie and cannot be reached, it is owed the news. */
export interface Farewell {
  say(held: Held, sid: string): Promise<void>;
  /** Tells of a logout that the server has not heard of yet. */
  payDebt(record: SessionRecord | undefined): void;
  /** A logout that the server hears of only now would take the next session's cookie with it. */
  debtPaid(): Promise<void>;
}

export function sessionFarewell(
  session: OwnSession,
  transport: Transport,
  store: RecordStore,
  tell: (happening: SessionHappening) => void,
): Farewell {
  let debt: Promise<void> | null = null;

  async function say(held: Held, sid: string): Promise<void> {
    if (!session.end) return;
    const answer = await perform(session.end, held, transport, FAREWELL_DEADLINE);
    if (isRefusal(answer)) {
      tell({ type: 'logout-not-confirmed', code: answer.code });
      if (answer.failure !== 'refused') return;
    }
    await store.change(current =>
      current?.ended && current.sid === sid && current.owed ? { ...current, owed: false } : undefined,
    );
  }

  return {
    say,
    payDebt(record) {
      if (!record?.ended || !record.owed) return;
      debt ??= say({ token: '' }, record.sid).finally(() => {
        debt = null;
      });
    },
    async debtPaid() {
      await debt;
    },
  };
}
