import { DestroyRef, EnvironmentInjector, NgZone, inject, runInInjectionContext } from '@angular/core';
import type { AuthFeature } from '../auth-feature';
import { STEP_UP } from '../auth-setup';
import type { StepUpChallenge } from './step-up-challenge';
import { stepUpDesk } from './step-up-desk';

/** Options of {@link withStepUp}. */
export interface StepUpOptions {
  /**
   * Asks the user, for example in a dialog, whose button calls `challenge.signIn()`. It may inject. Where it rejects, the requests fail with
   * `step-up-cancelled`. Without it, the application shows what `injectStepUp()` tells.
   */
  readonly ask?: (challenge: StepUpChallenge) => void | Promise<void>;
  /** Seconds that requests wait for the user. Default 300. */
  readonly maxWait?: number;
  /** Requests that may wait; the API's answer goes to the callers of the others. Default 50. */
  readonly maxRequests?: number;
}

/**
 * Lets a request wait whose API wants the user to sign in in another way, or once more (RFC 9470): it is sent once more with the token of a sign-in of
 * the same user. Nothing is done about such an answer without this feature.
 *
 * @example provideAuth(oidc({ … }), withStepUp())
 */
export function withStepUp(options: StepUpOptions = {}): AuthFeature<'step-up'> {
  const { ask, maxWait = 300, maxRequests = 50 } = options;
  const desk = () => {
    const zone = inject(NgZone);
    const injector = inject(EnvironmentInjector);
    const destroyed = inject(DestroyRef);
    return (setup: Parameters<typeof stepUpDesk>[0]) => {
      const made = stepUpDesk(setup, {
        maxWait: maxWait * 1_000,
        maxRequests,
        // A timer inside the zone would keep the application from being stable.
        after: (delay, task) => {
          const timer = zone.runOutsideAngular(() => setTimeout(task, delay));
          return () => {
            clearTimeout(timer);
          };
        },
        ask: challenge => runInInjectionContext(injector, () => ask?.(challenge)),
      });
      destroyed.onDestroy(made.close);
      return made;
    };
  };
  return { ɵkind: 'step-up', ɵproviders: [{ provide: STEP_UP, useFactory: desk }] };
}
