import { assertInInjectionContext, inject } from '@angular/core';
import { type AuthProvider, actionContext, authError } from 'ngx-latchkey/core';
import { AUTH_SETUP } from './auth-setup';

/**
 * What only one kind of back end can do, typed by that back end's factory.
 *
 * @param factory the function that made the provider given to `provideAuth`
 * @throws AuthError `other-provider` when the application uses another back end
 *
 * @example
 * readonly account = injectAuthActions(jwtServer);
 * // account.register({ username, password }), account.requestPasswordReset({ email })
 */
export function injectAuthActions<Actions>(
  factory: (...options: never[]) => AuthProvider<never, Actions>,
): Actions {
  assertInInjectionContext(injectAuthActions);
  const { provider, engine } = inject(AUTH_SETUP);
  if (provider.factory !== factory || provider.actions === undefined) {
    throw authError('misconfigured', 'other-provider', factory.name, provider.id);
  }
  // The factory is the same function, so its provider's actions have the type it declares.
  return provider.actions(actionContext(engine)) as Actions;
}
