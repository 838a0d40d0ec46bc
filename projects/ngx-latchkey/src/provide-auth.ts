import {
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  provideEnvironmentInitializer,
} from '@angular/core';
import { type AuthProvider, authError } from 'ngx-latchkey/core';
import type { AuthFeatures } from './auth-feature';
import { AUTH_PROVIDER, AUTH_SETUP } from './auth-setup';

/**
 * Gives the application a session of one back end.
 *
 * In the browser it begins at once to restore the session that was kept; guards and requests wait for that, the first
 * paint does not. On a server nothing is started.
 *
 * @param provider the back end, such as `jwtServer({ url: 'https://auth.example.com' })`
 * @param features optional parts: `withRoutes`, `withKeeping`, `withWorkerVault`
 * @throws AuthError `duplicate-feature` (development builds), `invalid-url-rule`, `insecure-url`
 *
 * @example
 * export const appConfig: ApplicationConfig = {
 *   providers: [
 *     provideRouter(routes),
 *     provideHttpClient(withInterceptors([authInterceptor])),
 *     provideAuth(jwtServer({ url: 'http://localhost:3333' })),
 *   ],
 * };
 */
export function provideAuth(provider: AuthProvider, ...features: AuthFeatures[]): EnvironmentProviders {
  const kinds = features.map(feature => feature.ɵkind);
  if (new Set(kinds).size < kinds.length) {
    throw authError('misconfigured', 'duplicate-feature', kinds.join(', '));
  }
  return makeEnvironmentProviders([
    { provide: AUTH_PROVIDER, useValue: provider },
    features.map(feature => feature.ɵproviders),
    provideEnvironmentInitializer(() => {
      const { engine, inBrowser, arrival } = inject(AUTH_SETUP);
      if (inBrowser) engine.start(arrival);
    }),
  ]);
}
