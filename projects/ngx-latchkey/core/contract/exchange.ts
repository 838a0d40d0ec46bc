import type { Refusal } from './refusal';
import type { WireAnswer, WireRequest } from './wire';

/**
 * Exactly one fetch: what is asked and how the answer is read. Both sides are pure, so that the engine can fence,
 * repeat, simulate and move it to a worker.
 */
export interface Exchange<Input, Output> {
  /** What is asked. */
  request(input: Input): WireRequest;
  /** What the answer means, whatever it is: also an error, and a page that is not the server's. Does not throw. */
  read(answer: WireAnswer, input: Input): Output | Refusal;
}

/** Carries exchanges out; rejects with an {@link AuthError} when the answer is a {@link Refusal} or there is none. */
export interface AuthHttp {
  /** Sends the request once, with ten seconds for the answer. */
  send<Input, Output>(exchange: Exchange<Input, Output>, input: Input): Promise<Output>;
  /**
   * The thumbprint (RFC 7638) of the key that the tokens of a sign-in are to be bound to, where they are: `dpop_jkt` of an authorization request
   * (RFC 9449, section 10). It is there from the start of the sign-in to its end.
   */
  readonly keyThumbprint?: string | undefined;
}
