import type { Grant, Held } from './grant';
import type { Json, JsonObject } from './json';
import type { AuthHttp } from './exchange';

/** The server wants one more thing before it signs the user in: a one-time code, a new password. */
export interface Challenge {
  /** What the back end calls it. */
  readonly challenge: string;
  /** What the application needs to ask the question. */
  readonly parameters: JsonObject;
  /** What the provider needs to send with the answer. */
  readonly transaction: Json;
}

/** The user has to go elsewhere to sign in. */
export interface Redirect {
  /** The URL to go to. */
  readonly redirect: string;
  /** What the user comes back with: the `state` of the request (RFC 6749, section 4.1.1), or another name of this one sign-in. */
  readonly state: string;
  /** What is needed to end it, and kept until the user comes back. No token. */
  readonly transaction: Json;
  /** Whether to go there in a window of its own. */
  readonly popup?: boolean;
}

/** What users come back to who signed in elsewhere. */
export interface Callback {
  /** The `state` in a URL with which a user comes back; `null` for any other URL. */
  stateIn(url: URL): string | null;
  /** The URL without what the server added to it. Nobody else gets to read that. */
  cleaned(url: URL): URL;
  /** Ends the sign-in. */
  complete(url: URL, transaction: Json, http: AuthHttp): Promise<Grant>;
  /** Where the server ends its own session; `null` where there is nothing to go to. The user comes back with the `state`, which begins with `out.`. */
  signOut?(held: Held, state: string): string | null;
  /** What leads there and back: `redirectFlow` of `ngx-latchkey/core`. Only applications with such a sign-in load it. */
  flow(): object;
}

/** How a user signs in. */
export interface SignIn<Input> {
  /** Starts a sign-in; rejects with an {@link AuthError}, `invalid-input` if the input lacks something. */
  start(input: Input, http: AuthHttp): Promise<Grant | Challenge | Redirect>;
  /** Answers a challenge. */
  answer?(challenge: Challenge, input: JsonObject, http: AuthHttp): Promise<Grant | Challenge>;
  /** How users come back who sign in elsewhere. */
  readonly callback?: Callback;
}
