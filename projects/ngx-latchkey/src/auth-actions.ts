import { assertInInjectionContext } from '@angular/core';
import { type AuthProvider, actionContext, authError } from 'ngx-latchkey/core';
import { setupOf } from './named-auth';

/**
 * What only one kind of back end can do, typed by that back end's factory.
 *
 * @param factory the function that made the provider given to `provideAuth`
 * @param name that of `provideNamedAuth`, for the actions of that session
 * @throws AuthError `other-provider` when the session is of another back end, `unknown-name`
 *
 * @example
 * readonly account = injectAuthActions(jwtServer);
 * // account.register({ username, password }), account.requestPasswordReset({ email })
 */
export function injectAuthActions<Actions>(
  factory: (...options: never[]) => AuthProvider<never, Actions>,
  name?: string,
): Actions {
  assertInInjectionContext(injectAuthActions);
  const { provider, engine } = setupOf(name);
  if (provider.factory !== factory || provider.actions === undefined) {
    throw authError('misconfigured', 'other-provider', factory.name, provider.id);
  }
  // The factory is the same function, so its provider's actions have the type it declares.
  return provider.actions(actionContext(engine)) as Actions;
}
