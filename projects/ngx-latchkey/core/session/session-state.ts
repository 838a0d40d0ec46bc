import type { EndReason, LiveRecord } from './session-record';

/**
 * Where a session stands.
 *
 * - `idle`: not started, as on a server
 * - `restoring`: reading what is kept, at the start or when the page comes back from where it could not hear
 * - `anonymous`: nobody is signed in
 * - `authenticating`: nobody is signed in, and a sign-in is under way
 * - `fresh`: the token can be used
 * - `renewing`: the token can be used and is being renewed
 * - `blocked`: the token cannot be used until it is renewed
 * - `degraded`: the token can be used; its renewal failed and will be tried again
 * - `in-doubt`: the token can be used; nobody knows whether the server has renewed it, and to ask twice would be taken for theft
 * - `suspended`: the token cannot be used, its renewal failed and will be tried again; the user stays signed in
 * - `ending`: the session is over, and the server is being told
 * - `ended`: the session is over
 */
export type Phase =
  | 'idle'
  | 'restoring'
  | 'anonymous'
  | 'authenticating'
  | 'fresh'
  | 'renewing'
  | 'blocked'
  | 'degraded'
  | 'in-doubt'
  | 'suspended'
  | 'ending'
  | 'ended';

/** What this tab knows of the session at one moment. */
export interface SessionState {
  readonly phase: Phase;
  /** Where the secret is that renews a token, in back ends that can. */
  readonly secret: 'held' | 'cookie' | null;
  /** The session as this tab has read or written it last; `null` while nobody is signed in, or nobody knows. */
  readonly record: LiveRecord | null;
  /** The sign-in that ended last, so that a record read just before cannot bring it back. */
  readonly endedEpoch: number;
  /** Whether a renewal is under way. */
  readonly renewing: boolean;
  /** Whether the page cannot hear of the other tabs (frozen, or kept by the browser for a way back). */
  readonly away: boolean;
  /** Why the session ended, until somebody signs in. */
  readonly endReason: EndReason | null;
}

export function initialState(secret: SessionState['secret'], endedEpoch = 0): SessionState {
  return {
    phase: 'idle',
    secret,
    endedEpoch,
    record: null,
    renewing: false,
    away: false,
    endReason: null,
  };
}

/**
 * Whether the token can be renewed: a server need not hand out what renews it (RFC 6749, section 5.1). Where it cannot, only an API's verdict
 * shows that a token is dead.
 */
export function isRenewable({ secret, record }: SessionState): boolean {
  return secret === 'cookie' || (secret === 'held' && record?.held.secret !== undefined);
}
