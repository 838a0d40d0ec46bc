import { isRefusal } from '../contract/refusal';
import type { RenewableSession } from '../contract/session-kind';
import { ANSWER_DEADLINE, FAREWELL_DEADLINE, asRefusal, perform } from './exchange';
import type { SessionPorts } from './ports';
import type { SessionInput } from './reduce';
import { type LiveRecord, fenceHolds, isLive, successor, tombstone } from './session-record';

/**
 * Renews a session once, in turn with the other tabs, and tells what came of it. Whoever gets the lock reads the record first: a newer
 * token there is adopted and nothing is spent. The new token is durable before anything else happens, and is written only if
 * the session is still the one that it was asked for.
 */
export async function renewSession(
  mine: LiveRecord,
  session: RenewableSession,
  ports: SessionPorts,
): Promise<SessionInput> {
  const { lock, random } = ports;
  try {
    return await lock.exclusive(() => renewInTurn(mine, session, ports), ANSWER_DEADLINE + 5_000);
  } catch (error) {
    // The lock was not to be had in time.
    return { type: 'renewal-failed', refusal: asRefusal(error), random: random() };
  }
}

async function renewInTurn(
  mine: LiveRecord,
  session: RenewableSession,
  { store, transport, clock, random }: SessionPorts,
): Promise<SessionInput> {
  const kept = await store.read();
  if (!fenceHolds(mine, kept)) return { type: 'overtaken', record: kept };

  const answer = await perform(session.renew, mine.held, transport);
  if (isRefusal(answer) && answer.failure !== 'refused') {
    return { type: 'renewal-failed', refusal: answer, random: random() };
  }
  const now = clock.now();
  const next = isRefusal(answer) ? tombstone(mine, 'refused', now) : successor(mine, answer, now);
  const record = await store.change(current => (fenceHolds(mine, current) ? next : undefined));
  if (isLive(next) && record === next) return { type: 'renewed', record: next };
  // The session ended, or became another user's, while the server was renewing it: nobody may use what it sent.
  if (!isRefusal(answer) && session.end) {
    await perform(session.end, { ...mine.held, ...answer }, transport, FAREWELL_DEADLINE);
  }
  return { type: 'overtaken', record };
}
