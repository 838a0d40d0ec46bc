import type { SessionHappening } from './session-event';
import { type EndReason, type LiveRecord, type SessionRecord, isLive, sameUser } from './session-record';
import { type Phase, type SessionState, initialState, isRenewable } from './session-state';
import { isUsable } from './token-life';

/** Everything that can happen to a session. */
export type SessionInput =
  | { readonly type: 'started' }
  /** The record as it was kept, or as another tab left it. */
  | { readonly type: 'found'; readonly record: SessionRecord | undefined }
  | { readonly type: 'sign-in-started' }
  | { readonly type: 'sign-in-stopped' }
  | { readonly type: 'signed-in'; readonly record: LiveRecord }
  | { readonly type: 'identified'; readonly record: LiveRecord }
  | { readonly type: 'renewal-started' }
  | { readonly type: 'renewed'; readonly record: LiveRecord }
  /** A renewal came to nothing, because this is the record now. */
  | { readonly type: 'overtaken'; readonly record: SessionRecord | undefined }
  | { readonly type: 'renewal-failed'; readonly record: LiveRecord }
  /** `telling`: the server is told now. */
  | { readonly type: 'ended'; readonly reason: EndReason; readonly telling: boolean }
  | { readonly type: 'told' }
  /** The page cannot hear any more until the record is read again. */
  | { readonly type: 'left' }
  | { readonly type: 'time-passed' };

/**
 * The next state: a pure function of what was, what happened and when. What time alone has changed is a step of its own
 * (`time-passed`), taken before any other at the same moment.
 */
export function reduce(state: SessionState, input: SessionInput, now: number): SessionState {
  const next = facts(state, input, now);
  if (next.record === null) return next;
  // The phase of a live session follows from its facts and the time.
  const phase = livePhase(next, next.record, now);
  return phase === next.phase ? next : { ...next, phase };
}

/** What the world should hear of a step. */
export function tellings(before: SessionState, after: SessionState, input: SessionInput): SessionHappening[] {
  const told: SessionHappening[] = [];
  const { phase, record, endReason } = after;
  const failed = input.type === 'renewal-failed';
  if (before.phase !== phase) told.push({ type: 'phase', from: before.phase, to: phase, reason: input.type });
  if (input.type === 'signed-in') told.push({ type: 'signed-in' });
  if (endReason && !before.endReason) told.push({ type: 'ended', reason: endReason });
  if (failed && record?.failure) {
    const { code, status, retryAt } = record.failure;
    told.push({ type: 'refresh-failed', code, status, retryAt });
  }
  if (before.record && record && before.record.generation < record.generation && !failed) {
    const by = input.type === 'renewed' ? 'this-tab' : 'other-tab';
    told.push({ type: 'refreshed', generation: record.generation, by });
  }
  return told;
}

function facts(state: SessionState, input: SessionInput, now: number): SessionState {
  switch (input.type) {
    case 'started':
      return { ...state, phase: 'restoring' };
    case 'found':
      return found({ ...state, away: false }, input.record);
    case 'overtaken':
      return found({ ...state, renewing: false }, input.record);
    case 'sign-in-started':
      return isOut(state) ? { ...state, phase: 'authenticating' } : state;
    case 'sign-in-stopped':
      return state.phase === 'authenticating'
        ? { ...state, phase: state.endReason ? 'ended' : 'anonymous' }
        : state;
    case 'signed-in':
      return live(state, input.record);
    case 'identified':
      return { ...state, record: input.record };
    case 'renewal-started':
      return { ...state, renewing: true };
    case 'renewed':
    case 'renewal-failed':
      return { ...state, record: input.record, renewing: false };
    case 'ended':
      return over(
        state,
        input.reason,
        // Who logs out here does not go on with a session that began before, in whatever tab.
        input.reason === 'user' ? now : 0,
        input.telling ? 'ending' : 'ended',
      );
    case 'told':
      return state.phase === 'ending' ? { ...state, phase: 'ended' } : state;
    case 'left':
      return { ...state, away: true };
    case 'time-passed':
      return state;
  }
}

function found(state: SessionState, record: SessionRecord | undefined): SessionState {
  const mine = state.record;
  if (mine === null) {
    if (isLive(record) && record.epoch > state.endedEpoch) return live(state, record);
    return state.phase === 'restoring' ? { ...state, phase: 'anonymous' } : state;
  }
  if (!isLive(record)) return over(state, reasonElsewhere(record));
  // What is kept may be older than what this tab holds, if the storage has gone back in time.
  if (record.sid === mine.sid) return record.generation < mine.generation ? state : { ...state, record };
  if (record.epoch < mine.epoch) return state;
  if (sameUser(mine, record)) return live(state, record);
  // A page that was made for one user does not become another's at the next look either.
  return over(state, 'account-switch', record.epoch);
}

function live({ secret, away }: SessionState, record: LiveRecord): SessionState {
  return { ...initialState(secret), record, away };
}

function over(
  { secret, record, endedEpoch }: SessionState,
  endReason: EndReason,
  epoch = 0,
  phase: Phase = 'ended',
): SessionState {
  return { ...initialState(secret, Math.max(record?.epoch ?? endedEpoch, epoch)), phase, endReason };
}

function isOut({ phase }: SessionState): boolean {
  return phase === 'anonymous' || phase === 'ending' || phase === 'ended';
}

function reasonElsewhere(record: SessionRecord | undefined): EndReason {
  const reason = record?.ended?.reason ?? 'user';
  return reason === 'user' ? 'user-other-tab' : reason;
}

function livePhase(state: SessionState, record: LiveRecord, now: number): Phase {
  const { renewing, away } = state;
  if (away) return 'restoring';
  const usable = !isRenewable(state) || isUsable(record, now);
  if (renewing) return usable ? 'renewing' : 'blocked';
  if (record.failure === undefined) return usable ? 'fresh' : 'blocked';
  if (!usable) return 'suspended';
  return record.failure.inDoubt ? 'in-doubt' : 'degraded';
}
