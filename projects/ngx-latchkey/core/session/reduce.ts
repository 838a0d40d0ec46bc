import type { EndReason, LiveRecord, SessionRecord } from './session-record';
import { isLive } from './session-record';
import type { SessionHappening } from './session-event';
import { type Phase, type RenewalFailure, type SessionState, initialState } from './session-state';
import { isUsable } from './token-life';

/** Everything that can happen to a session. */
export type SessionInput =
  | { readonly type: 'started' }
  | { readonly type: 'found'; readonly record: SessionRecord | undefined }
  | { readonly type: 'signed-in'; readonly record: LiveRecord }
  | { readonly type: 'renewal-started' }
  | { readonly type: 'renewed'; readonly record: LiveRecord; readonly by: 'this-tab' | 'other-tab' }
  | { readonly type: 'renewal-overtaken'; readonly record: SessionRecord | undefined }
  | { readonly type: 'renewal-failed'; readonly failure: RenewalFailure }
  | { readonly type: 'identified'; readonly record: LiveRecord }
  | { readonly type: 'ended'; readonly reason: EndReason }
  | { readonly type: 'time-passed' };

export interface Reduction {
  readonly state: SessionState;
  readonly happenings: readonly SessionHappening[];
}

/** The next state and what to tell the world: a pure function of what was, what happened and when. */
export function reduce(state: SessionState, input: SessionInput, now: number): Reduction {
  const next = withPhase(facts(state, input), now);
  const happenings = tellings(state, next, input);
  return {
    state: next,
    happenings:
      state.phase === next.phase
        ? happenings
        : [{ type: 'phase', from: state.phase, to: next.phase }, ...happenings],
  };
}

function facts(state: SessionState, input: SessionInput): SessionState {
  switch (input.type) {
    case 'started':
      return { ...state, phase: 'restoring' };
    case 'found':
      return found(state, input.record);
    case 'signed-in':
      return live(state, input.record);
    case 'renewal-started':
      return state.record === null ? state : { ...state, renewing: true };
    case 'renewed':
      return state.record === null ? state : live(state, input.record);
    case 'renewal-overtaken':
      return found({ ...state, renewing: false }, input.record);
    case 'identified':
      return state.record?.sid === input.record.sid ? { ...state, record: input.record } : state;
    case 'renewal-failed':
      return state.record === null ? state : { ...state, renewing: false, failure: input.failure };
    case 'ended':
      return over(state, input.reason);
    case 'time-passed':
      return state;
  }
}

/** The record as another tab, or an earlier visit, left it. */
function found(state: SessionState, record: SessionRecord | undefined): SessionState {
  const mine = state.record;
  if (mine === null) {
    if (isLive(record)) return live(state, record);
    return state.phase === 'restoring' ? { ...state, phase: 'anonymous' } : state;
  }
  if (!isLive(record)) return over(state, reasonElsewhere(record));
  if (record.sid === mine.sid) {
    return record.generation > mine.generation ? { ...state, record, failure: null } : state;
  }
  if (record.epoch < mine.epoch) return state;
  return record.held.user !== undefined && record.held.user.id === mine.held.user?.id
    ? live(state, record)
    : over(state, 'account-switch');
}

function live(state: SessionState, record: LiveRecord): SessionState {
  return { ...initialState(state.renewable), phase: 'fresh', record };
}

function over(state: SessionState, endReason: EndReason): SessionState {
  return { ...initialState(state.renewable), phase: 'ended', endReason };
}

function reasonElsewhere(record: SessionRecord | undefined): EndReason {
  const reason = record?.ended?.reason ?? 'user';
  return reason === 'user' ? 'user-other-tab' : reason;
}

/** The phase of a live session follows from its facts and the time. */
function withPhase(state: SessionState, now: number): SessionState {
  return state.record === null ? state : { ...state, phase: livePhase(state, state.record, now) };
}

function livePhase(state: SessionState, record: LiveRecord, now: number): Phase {
  const usable = !state.renewable || isUsable(record, now);
  if (state.renewing) return usable ? 'renewing' : 'blocked';
  if (state.failure !== null) return usable ? 'degraded' : 'suspended';
  return usable ? 'fresh' : 'blocked';
}

function tellings(before: SessionState, after: SessionState, input: SessionInput): SessionHappening[] {
  if (after.phase === 'ended' && before.phase !== 'ended' && after.endReason !== null) {
    return [{ type: 'ended', reason: after.endReason }];
  }
  switch (input.type) {
    case 'signed-in':
      return [{ type: 'signed-in' }];
    case 'renewed':
      return [{ type: 'refreshed', generation: input.record.generation, by: input.by }];
    case 'found':
    case 'renewal-overtaken':
      return before.record !== null && after.record !== null && before.record !== after.record
        ? [{ type: 'refreshed', generation: after.record.generation, by: 'other-tab' }]
        : [];
    case 'renewal-failed': {
      const { refusal, retryAt } = input.failure;
      return [{ type: 'refresh-failed', code: refusal.code, status: refusal.status, retryAt }];
    }
    default:
      return [];
  }
}
