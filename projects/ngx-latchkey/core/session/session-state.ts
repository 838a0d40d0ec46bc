import type { Refusal } from '../contract/refusal';
import type { EndReason, LiveRecord } from './session-record';

/**
 * Where a session stands.
 *
 * - `idle`: not started, as on a server
 * - `restoring`: reading what was kept
 * - `anonymous`: nobody is signed in
 * - `fresh`: the token can be used
 * - `renewing`: the token can be used and is being renewed
 * - `blocked`: the token cannot be used until it is renewed
 * - `degraded`: the token can be used; its renewal failed and will be tried again
 * - `suspended`: the token cannot be used, its renewal failed and will be tried again; the user stays signed in
 * - `ended`: the session is over
 */
export type Phase =
  'idle' | 'restoring' | 'anonymous' | 'fresh' | 'renewing' | 'blocked' | 'degraded' | 'suspended' | 'ended';

/** A renewal that failed without a proof that the session is over. */
export interface RenewalFailure {
  readonly refusal: Refusal;
  /** Failures in a row. */
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly retryAt: number;
}

export interface SessionState {
  readonly phase: Phase;
  /** Whether the back end can renew a token. Where it cannot, only an API's verdict shows that one is dead. */
  readonly renewable: boolean;
  readonly record: LiveRecord | null;
  /** The sign-in that ended last, so that a record read just before cannot bring it back. */
  readonly endedEpoch: number;
  /** Whether a renewal is under way. */
  readonly renewing: boolean;
  readonly failure: RenewalFailure | null;
  readonly endReason: EndReason | null;
}

export function initialState(renewable: boolean, endedEpoch = 0): SessionState {
  return {
    phase: 'idle',
    renewable,
    endedEpoch,
    record: null,
    renewing: false,
    failure: null,
    endReason: null,
  };
}
