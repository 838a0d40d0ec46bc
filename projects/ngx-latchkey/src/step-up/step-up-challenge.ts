import type { AuthError } from 'ngx-latchkey/core';
import type { StepUpRequirement } from './requirement';

/** An API wants more of the user than the sign-in gave; requests wait for it. */
export interface StepUpChallenge extends StepUpRequirement {
  /** Why the last try came to nothing. After the second, the requests fail with the API's own answer. */
  readonly error: AuthError | null;
  /**
   * Signs the user in as asked, in a window of its own: call it right after a click. The session stays as it is until the same user has
   * signed in. Never rejects; what went wrong is the `error` of the next challenge: `popup-blocked`, `popup-closed`, `step-up-other-user`,
   * `step-up-unsupported`, `authentication-requirements-unmet`, or one of `login`.
   */
  signIn(): Promise<void>;
  /** Gives up: the requests fail with `step-up-cancelled`. */
  cancel(): void;
}
