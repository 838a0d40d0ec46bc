import { assertInInjectionContext } from '@angular/core';
import { ɵsetupOf as setupOf } from 'ngx-latchkey';
import type { ApiTokenSource } from './api-token-source';
import { sessionTokenSource } from './session-token-source';

/**
 * The tokens of the application's session, for what does not go through `HttpClient`. On a server there are none.
 *
 * @param name that of `provideNamedAuth`, for the tokens of that session
 * @throws AuthError `not-provided`, `unknown-name`
 *
 * @example
 * private readonly fetch = authFetch(injectTokenSource());
 */
export function injectTokenSource(name?: string): ApiTokenSource {
  assertInInjectionContext(injectTokenSource);
  const { engine, provider, covers, inBrowser } = setupOf(name);
  // Without a token there is nothing to refuse.
  if (!inBrowser) {
    return { covers: () => true, token: () => Promise.resolve(null), watch: () => () => undefined };
  }
  return sessionTokenSource(engine, provider.api, covers);
}
