import { AuthError, authError } from '../contract/auth-error';
import type { Clock } from './ports';

interface Waiter<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: AuthError) => void;
  readonly stopTimer: () => void;
}

const SEATS = 1_000;

/** Callers that wait for the same thing, for a limited time. */
export class WaitingRoom<Value> {
  private readonly waiters = new Set<Waiter<Value>>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get occupied(): boolean {
    return this.waiters.size > 0;
  }

  /** Waits for at most so many milliseconds; rejects with `late()` after them. */
  wait(patience: number, late: () => AuthError): Promise<Value> {
    if (this.waiters.size >= SEATS) {
      return Promise.reject(authError('not-now', 'too-many-waiting'));
    }
    return new Promise((resolve, reject) => {
      const stopTimer = this.clock.after(patience, () => {
        this.waiters.delete(waiter);
        reject(late());
      });
      const waiter = { resolve, reject, stopTimer };
      this.waiters.add(waiter);
    });
  }

  /** Lets everybody go, with a value or an error. */
  dismiss(outcome: { readonly value: Value } | { readonly error: AuthError }): void {
    const leaving = [...this.waiters];
    this.waiters.clear();
    for (const { resolve, reject, stopTimer } of leaving) {
      stopTimer();
      if ('value' in outcome) resolve(outcome.value);
      else reject(outcome.error);
    }
  }
}
