import type { AuthProvider, WireAnswer } from 'ngx-latchkey/core';

/** A provider, and what its back end answers. The answers are best copied from its documentation, not from the provider. */
export interface ProviderScript {
  /** A new provider each time. */
  provider(): AuthProvider;
  /** What a sign-in takes; left out, with the two answers, by providers that send the user elsewhere. */
  readonly input?: object;
  /** The answer to it, with tokens. */
  readonly signedIn?: WireAnswer;
  readonly wrongPassword?: WireAnswer;
  /** The answer to a renewal; for back ends that can renew. */
  readonly renewed?: WireAnswer;
  /** The answer to a renewal, or to the check of a session that cannot be renewed, that means that the session is over. */
  readonly refused?: WireAnswer;
  /** The provider with an SDK in trouble: somebody may be signed in, and there is no token to be had. */
  inTrouble?(): AuthProvider;
}
