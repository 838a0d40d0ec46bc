import type { EndReason } from './session-record';
import type { Phase } from './session-state';

/** What happened to the session, for logs and screens. Never carries a token, a name or anything of the server's bodies. */
export type SessionEvent = { readonly at: number } &
  /** `reason` names what happened; see `docs/session-states.md`. */
  (
    | {
        readonly type: 'phase';
        readonly from: Phase;
        readonly to: Phase;
        readonly reason: string;
      }
    | { readonly type: 'signed-in' }
    | { readonly type: 'refreshed'; readonly generation: number; readonly by: 'this-tab' | 'other-tab' }
    | {
        readonly type: 'refresh-failed';
        /** The code of the {@link AuthError}. */
        readonly code: string;
        readonly status: number | undefined;
        /** Milliseconds since the epoch. */
        readonly retryAt: number;
      }
    | { readonly type: 'ended'; readonly reason: EndReason }
    | { readonly type: 'replayed'; readonly method: string }
    /**
     * There is another token, and the request that was rejected cannot be sent with it: its body was a stream, the API may have done what a
     * `POST` asked for, or the request forbids it. The caller has the rejection.
     */
    | { readonly type: 'not-replayable'; readonly method: string }
    /** An API rejects tokens that are brand new: renewing does not help, and is not tried again for half a minute. */
    | { readonly type: 'rejected-fresh-token'; readonly generation: number }
    /** Renewals were asked for too often lately; this one was not made. */
    | { readonly type: 'too-many-renewals' }
    /** Another tab held the lock and did not finish. */
    | { readonly type: 'lock-stolen' }
    /** Milliseconds that the server's clock is ahead of the local one, when that has changed. */
    | { readonly type: 'clock-skew'; readonly skew: number }
    | { readonly type: 'logout-not-confirmed'; readonly code: string }
    | { readonly type: 'user-unknown'; readonly code: string }
    /** Nobody could tell whether a cookie holds a session; the next look asks again. */
    | { readonly type: 'probe-failed'; readonly code: string }
    /** The user came back from where the sign-in happens, and nobody is signed in. */
    | { readonly type: 'sign-in-failed'; readonly code: string }
    | { readonly type: 'storage-degraded' }
  );

/** A `SessionEvent` before it is given its time. */
export type SessionHappening = SessionEvent extends infer Event
  ? Event extends SessionEvent
    ? Omit<Event, 'at'>
    : never
  : never;
