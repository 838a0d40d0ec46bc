import { Injectable, inject, signal } from '@angular/core';
import { AuthService, type Challenge, type SignInOutcome } from 'ngx-latchkey';
import { failureWords } from '../session/auth-error-words';

/** One try to sign in, over all its steps: what it waits for, what the server asks besides, and what went wrong. */
@Injectable()
export class SignInAttempt {
  private readonly auth = inject(AuthService);
  readonly busy = signal(false);
  readonly error = signal<string | null>(null);
  /** The one more thing that the server wants, such as a code. */
  readonly challenge = signal<Challenge | null>(null);

  /** @param input what the provider takes */
  begin(input: object): Promise<void> {
    return this.take(() => this.auth.login(input));
  }

  /** Answers the challenge; a wrong answer can be given again. */
  async answer(input: Readonly<Record<string, unknown>>): Promise<void> {
    const challenge = this.challenge();
    if (challenge !== null) await this.take(() => this.auth.answer(challenge, input));
  }

  /** Back to the name and the password. */
  startOver(): void {
    this.challenge.set(null);
    this.error.set(null);
  }

  private async take(step: () => Promise<SignInOutcome>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.error.set(null);
    try {
      const outcome = await step();
      this.challenge.set('challenge' in outcome ? outcome : null);
    } catch (error) {
      this.error.set(failureWords(error));
    } finally {
      this.busy.set(false);
    }
  }
}
