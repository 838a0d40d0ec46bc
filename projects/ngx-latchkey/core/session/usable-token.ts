import { type AuthError, authError } from '../contract/auth-error';
import { isResting, unavailable } from './renewal-failure';
import type { UsableToken } from './session-engine';
import { type LiveRecord, sameUser } from './session-record';
import { type SessionState, isRenewable } from './session-state';
import { isUsable, usableUntil } from './token-life';

/**
 * The token that can be sent now.
 *
 * @param ahead milliseconds for which it has to serve; half of what a token of this server serves, if that is less
 */
export function usableToken(state: SessionState, now: number, ahead: number): UsableToken | null {
  const { record, away } = state;
  if (record === null || away) return null;
  // No token can be had that lives longer than those of this server do.
  const margin = Math.min(ahead, (usableUntil(record) - record.receivedAt) / 2);
  return isRenewable(state) && !isUsable(record, now + margin) ? null : record;
}

/**
 * What a request sees that waits for a token of the given session: never one of somebody else, and a failure where nothing will come
 * of it within its patience; `undefined` for waiting on.
 */
export function awaitedToken(
  asked: LiveRecord,
  state: SessionState,
  now: number,
  ahead: number,
  patience: number,
): UsableToken | AuthError | undefined {
  const { record } = state;
  if (record === null || !sameUser(asked, record)) return sessionEnded(state);
  const token = usableToken(state, now, record.failure ? 0 : ahead);
  if (token) return token;
  return isResting(record, now + patience, false) ? unavailable(record, now) : undefined;
}

export function sessionEnded({ endReason }: SessionState): AuthError {
  return authError('needs-user', 'session-ended', endReason ?? 'account-switch');
}
