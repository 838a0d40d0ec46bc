import { isRefusal } from '../contract/refusal';
import { FAREWELL_DEADLINE, asRefusal, perform } from './exchange';
import type { SessionInput } from './reduce';
import type { Renewal } from './renewal';
import { isOutcomeUnknown, withFailure } from './renewal-failure';
import { LEASE, isRunning, runningFor, writeIntent } from './renewal-intent';
import { stoodStill } from './standstill';
import {
  type LiveRecord,
  type SessionRecord,
  fenceHolds,
  isLive,
  successor,
  tombstone,
} from './session-record';

/**
 * Renews a session once, in turn with the other tabs, and tells what came of it. Whoever gets the lock reads the record first: a newer
 * token there is adopted and nothing is spent. An intent is written before the server is asked, the new token is durable before anything
 * else happens, and it is written only if the session is still the one that it was asked for.
 *
 * @param patience milliseconds to wait for the turn before whoever holds it is taken for dead
 */
export async function renewSession(
  mine: LiveRecord,
  renewal: Renewal,
  patience = LEASE,
): Promise<SessionInput> {
  const { lock, store, clock, random } = renewal.ports;
  const turn = (): Promise<SessionInput | null> => renewInTurn(mine, renewal, lock.sure);
  const stolenTurn = (): Promise<SessionInput | null> => renewInTurn(mine, renewal, false);
  try {
    const outcome = await lock.exclusive(turn, patience).catch(async (error: unknown) => {
      if (asRefusal(error).code !== 'lock-timeout') throw error;
      const kept = await store.read();
      if (!fenceHolds(mine, kept)) return { type: 'overtaken', record: kept } as const;
      const left = runningFor(kept, clock.now());
      // Begun after this tab had asked for its turn: it has its whole time, once.
      if (left > 0 && patience === LEASE) return renewSession(mine, renewal, left);
      if (left > 0) throw error;
      // Whoever holds the lock stands still. Should it wake up, the fence keeps its answer out.
      renewal.tell({ type: 'lock-stolen' });
      return lock.exclusive(stolenTurn, LEASE, true);
    });
    return outcome ?? (await renewSession(mine, renewal));
  } catch (error) {
    const record = withFailure(mine, asRefusal(error), 'unsent', random(), clock.now());
    return { type: 'renewal-failed', record };
  }
}

/** One turn; `null` if the tab stood still before its request and has to ask for another turn. */
async function renewInTurn(mine: LiveRecord, renewal: Renewal, sure: boolean): Promise<SessionInput | null> {
  const { session, ports, forced, skew } = renewal;
  const { store, transport, clock, random } = ports;
  const begun = clock.now();
  // What this tab remembers may have been renewed elsewhere; where that cannot be found out, nothing is spent.
  await store.read();
  if (stoodStill(begun, clock.now())) return null;
  const intent = await writeIntent(mine, renewal, sure);
  if (intent === null || 'type' in intent) return intent;
  const { attempt, earlier, since } = intent;
  if (stoodStill(since, clock.now())) {
    await store.change(current =>
      fenceHolds(mine, current) && current.attempt?.id === attempt.id
        ? { ...current, attempt: earlier }
        : undefined,
    );
    return null;
  }

  const sentAt = clock.now();
  const answer = await perform(session.renew, mine.held, transport);
  const now = clock.now();
  const strict = session.rotation === 'strict' && !forced;
  const outcome = (current: LiveRecord, contested: boolean): SessionRecord => {
    if (!isRefusal(answer)) {
      const next = successor(current, answer, now, skew());
      if (!isLive(next)) return next;
      const { flaw, token } = answer;
      if (flaw && token === mine.held.token) {
        const { held, generation } = next;
        const spent = { ...current, held, generation, attempt: undefined };
        return withFailure(spent, flaw, 'back-off', random(), now);
      }
      return { ...next, contested: contested || undefined };
    }
    if (answer.failure === 'refused') {
      return tombstone(mine, earlier || current.contested ? 'lost-response' : 'refused', now);
    }
    const unknown = isOutcomeUnknown(answer);
    const open = {
      ...current,
      attempt: earlier || unknown ? { ...attempt, at: sentAt, over: true } : undefined,
    };
    const repeat = earlier ? 'back-off' : 'again';
    return withFailure(open, answer, unknown ? (strict ? 'doubt' : repeat) : 'back-off', random(), now);
  };
  let written: SessionRecord | undefined;
  const record = await store.change(current => {
    if (!fenceHolds(mine, current)) return undefined;
    const own = current.attempt?.id === attempt.id;
    // A new token must not be lost with an intent that a broken storage forgot, nor left to a thief of the lock: the old one may be spent, and
    // what the thief is told may never arrive.
    const contested = !own && isRunning(current, clock.now());
    return own || !isRefusal(answer) ? (written = outcome(current, contested)) : undefined;
  });
  if (isLive(record) && record === written) {
    if (record.failure) return { type: 'renewal-failed', record };
    if (!isRefusal(answer) && answer.flaw) renewal.tell({ type: 'user-unknown', code: answer.flaw.code });
    return { type: 'renewed', record };
  }
  // The session ended, or became another user's, while the server was renewing it: nobody may use what it sent.
  const goesOn = isLive(record) && record.sid === mine.sid;
  if (!isRefusal(answer) && !goesOn && session.end) {
    await perform(session.end, { ...mine.held, ...answer }, transport, FAREWELL_DEADLINE);
  }
  return { type: 'overtaken', record };
}
