import {
  DestroyRef,
  type EnvironmentProviders,
  EnvironmentInjector,
  type Provider,
  inject,
  makeEnvironmentProviders,
  provideAppInitializer,
  provideEnvironmentInitializer,
} from '@angular/core';
import { AuthError, type AuthProvider, authError } from 'ngx-latchkey/core';
import type { AuthFeatures } from './auth-feature';
import { AuthService } from './auth-service';
import { AUTH_PROVIDER, AUTH_SETUP, createAuthSetup, startAuth } from './auth-setup';

declare const ngDevMode: unknown;

/** A back end, or what finds out about it before the application starts. */
export type ProviderSource = AuthProvider | (() => AuthProvider | Promise<AuthProvider>);

/**
 * Gives the application a session of one back end.
 *
 * In the browser it begins at once to restore the session that was kept; guards and requests wait for that, the first
 * paint does not. On a server nothing is started.
 *
 * Given to a route instead (`providers: [provideAuth(…)]`), what is below that route has a session of its own.
 *
 * @param provider the back end, such as `jwtServer({ url: 'https://auth.example.com' })`; or a function that loads its configuration, for
 * which the application waits before it starts. What is injected before that, and requests that are made to load it, do without a session
 * @param features optional parts: `withApi`, `withRoutes`, `withKeeping`, `withWorkerVault`, `withDpop`, `withStepUp`, `withSupportLog`
 * @throws AuthError `duplicate-feature` (development builds), `invalid-url-rule`, `insecure-url`; `configuration-unavailable` when the
 * function rejects
 *
 * @example
 * export const appConfig: ApplicationConfig = {
 *   providers: [
 *     provideRouter(routes),
 *     provideHttpClient(withInterceptors([authInterceptor])),
 *     provideAuth(jwtServer({ url: 'http://localhost:3333' })),
 *   ],
 * };
 *
 * @example
 * provideAuth(async () => jwtServer(await (await fetch('/config.json')).json()))
 */
export function provideAuth(provider: ProviderSource, ...features: AuthFeatures[]): EnvironmentProviders {
  const given: { current: AuthProvider | null } = { current: null };
  return makeEnvironmentProviders([
    sessionProviders(given, features),
    startOf(given, provider, () => inject(EnvironmentInjector)),
  ]);
}

/** Starts a session: with the injector, or before the application when its back end has to be found out first. */
export function startOf(
  given: { current: AuthProvider | null },
  provider: ProviderSource,
  injectorOfSession: () => EnvironmentInjector,
): EnvironmentProviders {
  if (typeof provider !== 'function') {
    given.current = provider;
    return provideEnvironmentInitializer(() => {
      startAuth(injectorOfSession().get(AUTH_SETUP));
    });
  }
  return provideAppInitializer(async () => {
    const injector = injectorOfSession();
    const destroyed = inject(DestroyRef);
    try {
      given.current = await provider();
    } catch (error) {
      throw error instanceof AuthError
        ? error
        : authError('not-now', 'configuration-unavailable', String(error));
    }
    // The application may be gone by now, as in a test.
    if (!destroyed.destroyed) startAuth(injector.get(AUTH_SETUP));
  });
}

/** What makes a session, for one injector. */
export function sessionProviders(
  given: { readonly current: AuthProvider | null },
  features: readonly AuthFeatures[],
): Provider[] {
  if (typeof ngDevMode === 'undefined' || ngDevMode) refuseDuplicates(features);
  return [
    { provide: AUTH_PROVIDER, useValue: given },
    { provide: AUTH_SETUP, useFactory: createAuthSetup },
    AuthService,
    features.map(feature => feature.ɵproviders),
  ];
}

function refuseDuplicates(features: readonly AuthFeatures[]): void {
  const kinds = features.map(feature => feature.ɵkind);
  if (new Set(kinds).size < kinds.length) {
    throw authError('misconfigured', 'duplicate-feature', kinds.join(', '));
  }
}
