import { explain } from './explanations';
import type { FailureClass, Refusal } from './refusal';

/**
 * Every failure of Latchkey.
 *
 * In production builds `message` is the `code` and the server's own sentence; development builds explain. Neither
 * ever holds a token, a password or a request body.
 *
 * @example
 * auth.login(credentials).catch((error: unknown) => {
 *   if (error instanceof AuthError && error.code === 'invalid-credentials') this.wrongPassword.set(true);
 * });
 */
export class AuthError extends Error implements Refusal {
  override readonly name = 'AuthError';
  /** What kind of failure it is. */
  declare readonly failure: FailureClass;
  /** Stable; see `docs/errors.md` for the whole list. */
  declare readonly code: string;
  /** The HTTP status behind it, where there was an answer. */
  declare readonly status?: number | undefined;
  /** Seconds to wait before asking again, where the server said so. */
  declare readonly retryAfter?: number | undefined;
  /** The server's own sentence, where it sent one. */
  declare readonly detail?: string | undefined;
  /** What the explanation of the code needs to know; never a secret. */
  declare readonly facts?: readonly string[] | undefined;

  constructor(refusal: Refusal) {
    super([refusal.code, explain(refusal), refusal.detail].filter(Boolean).join(': '));
    Object.assign(this, refusal);
  }
}

/** A failure that is no answer of a server; the facts go into its explanation. */
export function authError(failure: FailureClass, code: string, ...facts: readonly string[]): AuthError {
  return new AuthError({ failure, code, facts });
}
