import type { AuthUser } from '../contract/auth-user';
import type { Grant, Held } from '../contract/grant';
import type { JsonObject } from '../contract/json';
import type { Challenge, Redirect } from '../contract/sign-in';
import type { AuthHttp } from '../contract/exchange';
import type { Rejection } from './rejection';
import type { SessionEvent, SessionHappening } from './session-event';
import type { EndReason } from './session-record';
import type { SessionState } from './session-state';

/** A token that can be sent now, with what tells it from others. */
export interface UsableToken {
  readonly held: Held;
  /** Which sign-in it is of. */
  readonly sid: string;
  /** Which token of that sign-in it is; later ones have greater numbers. */
  readonly generation: number;
}

/** What a sign-in came to. */
export type SignInOutcome = { readonly user: AuthUser | null } | Challenge | Redirect;

/** Hears what happened, or `null` when only the state is new, and the state as it is then. */
export type SessionListener = (event: SessionEvent | null, state: SessionState) => void;

/** Keeps one session of one back end alive. */
export interface SessionEngine {
  /** Carries the provider's exchanges out. */
  readonly http: AuthHttp;
  /** What is known at this moment. */
  state(): SessionState;
  /**
   * Reads what was kept and begins to listen and to renew; a second call does nothing.
   *
   * @param arriving the end of a sign-in elsewhere, from which the user just comes back; nothing is known before
   */
  start(arriving?: Promise<unknown>): void;
  /** Stops timers and listeners; the session stays as it is kept. */
  dispose(): void;
  /** Hears what happens, and of each new state. A listener that throws disturbs nobody. The result stops it. */
  listen(listener: SessionListener): () => void;
  /** Tells the listeners something. */
  tell(happening: SessionHappening): void;
  /** Resolves when it is known whether somebody is signed in, or after five seconds of a storage that does not answer. */
  settled(): Promise<void>;
  /** The token if it can be sent this moment, without waiting; with `ahead`, also so many milliseconds from now. */
  usable(ahead?: number): UsableToken | null;
  /**
   * A token that can be sent, as soon as there is one; `null` when nobody is signed in. Rejects with `temporarily-unavailable` when
   * there is none within fifteen seconds, and with `session-ended` when the session ends meanwhile.
   */
  token(ahead?: number): Promise<UsableToken | null>;
  /** Signs in. Rejects with the provider's error and changes nothing when the server does not accept it. */
  signIn(input: object): Promise<SignInOutcome>;
  /** Answers a challenge that a sign-in came to. Rejects with `unanswerable` where the provider knows of none. */
  answer(challenge: Challenge, input: JsonObject): Promise<SignInOutcome>;
  /** Makes a grant the session, in place of whatever was before. */
  accept(grant: Grant): Promise<void>;
  /** Renews now; however many callers, one renewal. Rejects with an {@link AuthError} when it fails. */
  refresh(): Promise<void>;
  /** What an API rejected: the other token with which to send the request again, or `null` if that is no use. */
  rejected(rejection: Rejection): Promise<UsableToken | null>;
  /**
   * Ends the session here and in all tabs at once; the server is told afterwards and cannot undo it.
   *
   * @param sid the session that is meant, if not whichever there is
   */
  end(reason: EndReason, sid?: string): Promise<void>;
}
