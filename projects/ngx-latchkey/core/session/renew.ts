import type { Grant } from '../contract/grant';
import { isRefusal, type Refusal } from '../contract/refusal';
import type { RenewableSession } from '../contract/session-kind';
import { ANSWER_DEADLINE, asRefusal, perform } from './exchange';
import type { SessionPorts } from './ports';
import {
  type EndReason,
  type LiveRecord,
  type SessionRecord,
  fenceHolds,
  isLive,
  tombstone,
} from './session-record';
import { isUsable, tokenLife } from './token-life';

export type RenewalOutcome =
  | { readonly outcome: 'renewed'; readonly record: LiveRecord; readonly by: 'this-tab' | 'other-tab' }
  | { readonly outcome: 'found'; readonly record: SessionRecord | undefined }
  | { readonly outcome: 'ended'; readonly reason: EndReason; readonly refusal?: Refusal }
  | { readonly outcome: 'failed'; readonly refusal: Refusal };

/**
 * Renews a session once, in turn with the other tabs. Whoever gets the lock reads the record first: a newer token there is
 * adopted and nothing is spent. The new token is durable before anything else happens, and is written only if the
 * session is still the one that it was asked for.
 */
export async function renewSession(
  mine: LiveRecord,
  session: RenewableSession,
  ports: SessionPorts,
): Promise<RenewalOutcome> {
  try {
    return await ports.lock.exclusive(() => renewInTurn(mine, session, ports), ANSWER_DEADLINE + 5_000);
  } catch (error) {
    return { outcome: 'failed', refusal: asRefusal(error) };
  }
}

async function renewInTurn(
  mine: LiveRecord,
  session: RenewableSession,
  ports: SessionPorts,
): Promise<RenewalOutcome> {
  const { store, transport, clock } = ports;
  const kept = await store.read();
  if (!fenceHolds(mine, kept)) {
    return isLive(kept) && kept.sid === mine.sid && isUsable(kept, clock.now())
      ? { outcome: 'renewed', record: kept, by: 'other-tab' }
      : { outcome: 'found', record: kept };
  }
  const answer = await perform(session.renew, mine.held, transport);
  if (!isRefusal(answer)) return commit(mine, answer, session, ports);
  if (answer.refusal !== 'refused') return { outcome: 'failed', refusal: answer };

  const after = await store.change(current =>
    fenceHolds(mine, current) ? tombstone(mine, 'refused', clock.now()) : undefined,
  );
  return isLive(after)
    ? { outcome: 'found', record: after }
    : { outcome: 'ended', reason: after?.ended.reason ?? 'refused', refusal: answer };
}

async function commit(
  mine: LiveRecord,
  grant: Grant,
  session: RenewableSession,
  { store, clock, transport }: SessionPorts,
): Promise<RenewalOutcome> {
  const next = successor(mine, grant, clock.now());
  const stranger = next.held.user?.id !== mine.held.user?.id && mine.held.user !== undefined;
  const after = await store.change(current => {
    if (!fenceHolds(mine, current)) return undefined;
    return stranger ? tombstone(mine, 'subject-changed', clock.now()) : next;
  });
  if (after === next) return { outcome: 'renewed', record: next, by: 'this-tab' };
  // The session ended, or became another one, while the server was renewing it: nobody may use what it sent.
  if (session.end !== undefined) await perform(session.end, next.held, transport, 3_000);
  return stranger ? { outcome: 'ended', reason: 'subject-changed' } : { outcome: 'found', record: after };
}

/** The record of a new sign-in. */
export function firstRecord(grant: Grant, sid: string, epoch: number, now: number): LiveRecord {
  const { expiresIn: _, ...held } = grant;
  return { v: 1, sid, epoch, generation: 1, held, receivedAt: now, life: tokenLife(grant, now) };
}

/** The record after a renewal: what the server left out stays as it was. */
function successor(mine: LiveRecord, grant: Grant, now: number): LiveRecord {
  const first = firstRecord(grant, mine.sid, mine.epoch, now);
  return { ...first, generation: mine.generation + 1, held: { ...mine.held, ...first.held } };
}
