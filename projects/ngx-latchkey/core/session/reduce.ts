import type { Refusal } from '../contract/refusal';
import { retryAt } from './schedule';
import type { SessionHappening } from './session-event';
import { type EndReason, type LiveRecord, type SessionRecord, isLive, sameUser } from './session-record';
import { type Phase, type SessionState, initialState } from './session-state';
import { isUsable } from './token-life';

/** Everything that can happen to a session. */
export type SessionInput =
  | { readonly type: 'started' }
  /** The record as it was kept, or as another tab left it. */
  | { readonly type: 'found'; readonly record: SessionRecord | undefined }
  | { readonly type: 'signed-in'; readonly record: LiveRecord }
  | { readonly type: 'identified'; readonly record: LiveRecord }
  | { readonly type: 'renewal-started' }
  | { readonly type: 'renewed'; readonly record: LiveRecord }
  /** A renewal came to nothing, because this is the record now. */
  | { readonly type: 'overtaken'; readonly record: SessionRecord | undefined }
  | { readonly type: 'renewal-failed'; readonly refusal: Refusal; readonly random: number }
  | { readonly type: 'ended'; readonly reason: EndReason }
  | { readonly type: 'time-passed' };

/** The next state: a pure function of what was, what happened and when. */
export function reduce(state: SessionState, input: SessionInput, now: number): SessionState {
  const next = facts(state, input, now);
  // The phase of a live session follows from its facts and the time.
  return next.record === null ? next : { ...next, phase: livePhase(next, next.record, now) };
}

/** What the world should hear of a step. */
export function tellings(before: SessionState, after: SessionState, input: SessionInput): SessionHappening[] {
  const told: SessionHappening[] = [];
  if (before.phase !== after.phase) told.push({ type: 'phase', from: before.phase, to: after.phase });
  if (input.type === 'signed-in') told.push({ type: 'signed-in' });
  if (after.endReason && !before.endReason) told.push({ type: 'ended', reason: after.endReason });
  if (after.failure && after.failure !== before.failure) {
    const { code, status } = after.failure.refusal;
    told.push({ type: 'refresh-failed', code, status, retryAt: after.failure.retryAt });
  }
  if (before.record && after.record && before.record.generation < after.record.generation) {
    const by = input.type === 'renewed' ? 'this-tab' : 'other-tab';
    told.push({ type: 'refreshed', generation: after.record.generation, by });
  }
  return told;
}

function facts(state: SessionState, input: SessionInput, now: number): SessionState {
  switch (input.type) {
    case 'started':
      return { ...state, phase: 'restoring' };
    case 'found':
      return found(state, input.record);
    case 'overtaken': {
      const next = found({ ...state, renewing: false }, input.record);
      // What is kept is older than what this tab holds: to look again at once would be to look for ever.
      return next.record && next.record === state.record ? failed(next, STALE_RECORD, 1, now) : next;
    }
    case 'signed-in':
      return live(state, input.record);
    case 'identified':
      return { ...state, record: input.record };
    case 'renewal-started':
      return { ...state, renewing: true };
    case 'renewed':
      return live(state, input.record);
    case 'renewal-failed':
      return failed(state, input.refusal, input.random, now);
    case 'ended':
      return over(state, input.reason);
    case 'time-passed':
      return state;
  }
}

const STALE_RECORD: Refusal = { failure: 'not-now', code: 'stale-record' };

function failed(state: SessionState, refusal: Refusal, random: number, now: number): SessionState {
  const count = (state.failure?.count ?? 0) + 1;
  const failure = { refusal, count, retryAt: retryAt(refusal, count, random, now) };
  return { ...state, renewing: false, failure };
}

function found(state: SessionState, record: SessionRecord | undefined): SessionState {
  const mine = state.record;
  if (mine === null) {
    if (isLive(record) && record.epoch > state.endedEpoch) return live(state, record);
    return state.phase === 'restoring' ? { ...state, phase: 'anonymous' } : state;
  }
  if (!isLive(record)) return over(state, reasonElsewhere(record));
  if (record.sid === mine.sid) {
    return record.generation > mine.generation ? { ...state, record, failure: null } : state;
  }
  if (record.epoch < mine.epoch) return state;
  return sameUser(mine, record) ? live(state, record) : over(state, 'account-switch');
}

function live({ renewable }: SessionState, record: LiveRecord): SessionState {
  return { ...initialState(renewable), record };
}

function over({ renewable, record, endedEpoch }: SessionState, endReason: EndReason): SessionState {
  return { ...initialState(renewable, record?.epoch ?? endedEpoch), phase: 'ended', endReason };
}

function reasonElsewhere(record: SessionRecord | undefined): EndReason {
  const reason = record?.ended?.reason ?? 'user';
  return reason === 'user' ? 'user-other-tab' : reason;
}

function livePhase({ renewable, renewing, failure }: SessionState, record: LiveRecord, now: number): Phase {
  const usable = !renewable || isUsable(record, now);
  if (renewing) return usable ? 'renewing' : 'blocked';
  if (failure) return usable ? 'degraded' : 'suspended';
  return usable ? 'fresh' : 'blocked';
}
