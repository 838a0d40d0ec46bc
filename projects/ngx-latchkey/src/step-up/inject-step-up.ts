import { type Signal, assertInInjectionContext, inject, signal } from '@angular/core';
import { authError } from 'ngx-latchkey/core';
import { AUTH_SETUP } from '../auth-setup';
import type { StepUpChallenge } from './step-up-challenge';

/**
 * What an API asks the user for while requests wait for it, or `null`.
 *
 * @throws AuthError `step-up-missing` without `withStepUp()`
 *
 * @example
 * readonly stepUp = injectStepUp();
 * // @if (stepUp(); as asked) { <button (click)="asked.signIn()">Confirm that it is you</button> }
 */
export function injectStepUp(): Signal<StepUpChallenge | null> {
  assertInInjectionContext(injectStepUp);
  const { stepUp, inBrowser } = inject(AUTH_SETUP);
  if (stepUp !== undefined) return stepUp.challenge;
  if (inBrowser) throw authError('misconfigured', 'step-up-missing');
  return signal(null);
}
