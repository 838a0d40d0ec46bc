import type { Grant } from '../contract/grant';
import { isRefusal } from '../contract/refusal';
import type { RenewableSession } from '../contract/session-kind';
import { FAREWELL_DEADLINE, perform } from './exchange';
import type { SessionPorts } from './ports';
import { LEASE } from './renewal-intent';
import type { SessionHappening } from './session-event';
import { type SessionRecord, isLive } from './session-record';

/** Whether a cookie that script cannot see may hold a session, although none is kept. */
export function isWorthProbing({ probe }: RenewableSession, record: SessionRecord | undefined): boolean {
  if (probe === undefined || isLive(record)) return false;
  // A logout that the server has not heard of yet must not be undone by asking.
  return record === undefined || (probe === 'always' && !record.owed);
}

/**
 * Asks the server for a session of which only a cookie is left, in turn with the other tabs; resolves with whether that is known now.
 *
 * @param accept makes what the server sends the session
 */
export async function probeSession(
  session: RenewableSession,
  { lock, store, transport }: SessionPorts,
  accept: (grant: Grant) => Promise<void>,
  tell: (happening: SessionHappening) => void,
): Promise<boolean> {
  try {
    return await lock.exclusive(async () => {
      if (!isWorthProbing(session, await store.read())) return true;
      const answer = await perform(session.renew, { token: '' }, transport, FAREWELL_DEADLINE);
      if (!isRefusal(answer)) await accept(answer);
      else if (answer.failure !== 'refused') tell({ type: 'probe-failed', code: answer.code });
      return !isRefusal(answer) || answer.failure === 'refused';
    }, LEASE);
  } catch {
    // Another tab is at it and does not finish: nobody knows, and the next look asks again.
    return false;
  }
}
