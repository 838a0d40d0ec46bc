import type { Grant } from './grant';
import type { Json, JsonObject } from './json';
import type { AuthHttp } from './exchange';

/** The server wants one more thing before it signs the user in: a one-time code, a new password. */
export interface Challenge {
  readonly challenge: string;
  /** What the application needs to ask the question. */
  readonly parameters: JsonObject;
  /** What the provider needs to send with the answer. */
  readonly transaction: Json;
}

/** The user has to go elsewhere to sign in. */
export interface Redirect {
  readonly redirect: string;
  /** Kept until the user comes back. */
  readonly transaction: Json;
}

/** How a user signs in. */
export interface SignIn<Input> {
  /** Starts a sign-in; rejects with an {@link AuthError}, `invalid-input` if the input lacks something. */
  start(input: Input, http: AuthHttp): Promise<Grant | Challenge | Redirect>;
  /** Answers a challenge. */
  answer?(challenge: Challenge, input: JsonObject, http: AuthHttp): Promise<Grant | Challenge>;
  /** Reads the URL with which the user comes back. */
  callback?(url: URL, transaction: Json, http: AuthHttp): Promise<Grant>;
}
