import { type Signal, assertInInjectionContext, signal } from '@angular/core';
import { authError } from 'ngx-latchkey/core';
import { setupOf } from '../named-auth';
import type { StepUpChallenge } from './step-up-challenge';

/**
 * What an API asks the user for while requests wait for it, or `null`.
 *
 * @param name that of `provideNamedAuth`, for the APIs of that session
 * @throws AuthError `step-up-missing` without `withStepUp()`, `unknown-name`
 *
 * @example
 * readonly stepUp = injectStepUp();
 * // @if (stepUp(); as asked) { <button (click)="asked.signIn()">Confirm that it is you</button> }
 */
export function injectStepUp(name?: string): Signal<StepUpChallenge | null> {
  assertInInjectionContext(injectStepUp);
  const { stepUp, inBrowser } = setupOf(name);
  if (stepUp !== undefined) return stepUp.challenge;
  if (inBrowser) throw authError('misconfigured', 'step-up-missing');
  return signal(null);
}
