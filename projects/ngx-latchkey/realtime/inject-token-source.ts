import { assertInInjectionContext, inject } from '@angular/core';
import { ɵAUTH_SETUP as AUTH_SETUP } from 'ngx-latchkey';
import type { ApiTokenSource } from './api-token-source';
import { sessionTokenSource } from './session-token-source';

/**
 * The tokens of the application's session, for what does not go through `HttpClient`. On a server there are none.
 *
 * @throws AuthError `not-provided`
 *
 * @example
 * private readonly fetch = authFetch(injectTokenSource());
 */
export function injectTokenSource(): ApiTokenSource {
  assertInInjectionContext(injectTokenSource);
  const { engine, provider, covers, inBrowser } = inject(AUTH_SETUP);
  // Without a token there is nothing to refuse.
  if (!inBrowser) {
    return { covers: () => true, token: () => Promise.resolve(null), watch: () => () => undefined };
  }
  return sessionTokenSource(engine, provider.api, covers);
}
