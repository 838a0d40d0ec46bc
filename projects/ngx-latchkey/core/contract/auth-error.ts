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
export class AuthError extends Error {
  override readonly name = 'AuthError';
  /** Everything that is known about it. */
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super([refusal.code, explain(refusal.code, refusal.facts), refusal.detail].filter(Boolean).join(': '));
    this.refusal = refusal;
  }

  /** Stable; see `docs/errors.md` for the whole list. */
  get code(): string {
    return this.refusal.code;
  }

  /** What kind of failure it is. */
  get failure(): FailureClass {
    return this.refusal.refusal;
  }

  /** The HTTP status behind it, where there was an answer. */
  get status(): number | undefined {
    return this.refusal.status;
  }

  /** Seconds to wait before asking again, where the server said so. */
  get retryAfter(): number | undefined {
    return this.refusal.retryAfter;
  }

  /** The server's own sentence, where it sent one. */
  get detail(): string | undefined {
    return this.refusal.detail;
  }
}

/** A failure that is no answer of a server; the facts go into its explanation. */
export function authError(refusal: FailureClass, code: string, ...facts: readonly string[]): AuthError {
  return new AuthError({ refusal, code, facts });
}
