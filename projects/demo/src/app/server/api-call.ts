import { type Signal, signal } from '@angular/core';
import { type Observable, firstValueFrom } from 'rxjs';
import { failureWords } from '../session/auth-error-words';

/** How a call to an API is doing. */
export type CallState<Answer> =
  | { readonly state: 'idle' }
  | { readonly state: 'waiting' }
  | { readonly state: 'answered'; readonly answer: Answer }
  | { readonly state: 'failed'; readonly sentence: string };

/** A call that a page can make and show. */
export class ApiCall<Answer> {
  private readonly ask: () => Observable<Answer>;
  private readonly current = signal<CallState<Answer>>({ state: 'idle' });
  readonly state: Signal<CallState<Answer>> = this.current.asReadonly();

  constructor(ask: () => Observable<Answer>) {
    this.ask = ask;
  }

  /** Makes the call; its outcome is {@link state}. */
  async run(): Promise<void> {
    this.current.set({ state: 'waiting' });
    try {
      this.current.set({ state: 'answered', answer: await firstValueFrom(this.ask()) });
    } catch (error) {
      // Whatever went wrong, the page says so; the session is not the page's concern.
      this.current.set({ state: 'failed', sentence: failureWords(error) });
    }
  }
}
