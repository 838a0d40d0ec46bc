import {
  type EnvironmentProviders,
  EnvironmentInjector,
  InjectionToken,
  createEnvironmentInjector,
  assertInInjectionContext,
  inject,
  makeEnvironmentProviders,
  provideEnvironmentInitializer,
  runInInjectionContext,
} from '@angular/core';
import { type AuthProvider, authError } from 'ngx-latchkey/core';
import type { AuthFeatures } from './auth-feature';
import { AuthService } from './auth-service';
import { AUTH_SETUP, type AuthSetup } from './auth-setup';
import { type ProviderSource, sessionProviders, startOf } from './provide-auth';
import type { AuthGuardFn } from './routing/guard';

/** The further sessions of the application, by name. */
const NAMED = new InjectionToken<Map<string, EnvironmentInjector>>('ngx-latchkey named sessions', {
  providedIn: 'root',
  factory: () => new Map(),
});

/**
 * Gives the application one more session, beside that of `provideAuth`: of another back end, or of another kind of user. Requests carry the token
 * of the session whose APIs they go to; where two have the same, that of the first.
 *
 * @param name what to call it in `injectAuth` and `guardOf`
 * @param provider the back end, or a function that loads its configuration, as for `provideAuth`
 * @throws AuthError `duplicate-name`, and what `provideAuth` throws
 *
 * @example
 * provideAuth(jwtServer({ url: 'https://auth.example.com' })),
 * provideNamedAuth('back-office', keycloak({ … }), withRoutes({ login: '/back-office/login' })),
 */
export function provideNamedAuth(
  name: string,
  provider: ProviderSource,
  ...features: AuthFeatures[]
): EnvironmentProviders {
  const given: { current: AuthProvider | null } = { current: null };
  const providers = sessionProviders(given, features);
  return makeEnvironmentProviders([
    provideEnvironmentInitializer(() => {
      const named = inject(NAMED);
      if (named.has(name)) throw authError('misconfigured', 'duplicate-name', name);
      const around = inject(EnvironmentInjector);
      named.set(name, createEnvironmentInjector(providers, around, `ngx-latchkey ${name}`));
    }),
    startOf(given, provider, () => injectorOf(name)),
  ]);
}

/**
 * The session of a name.
 *
 * @throws AuthError `unknown-name`
 *
 * @example readonly backOffice = injectAuth('back-office');
 */
export function injectAuth(name: string): AuthService {
  assertInInjectionContext(injectAuth);
  return injectorOf(name).get(AuthService);
}

/**
 * A guard that asks the session of a name, in place of that of `provideAuth`.
 *
 * @param guard such as `authGuard` or `roleGuard('admin')`
 * @throws AuthError `unknown-name` when it is run
 *
 * @example { path: 'back-office', canActivate: [guardOf('back-office', authGuard)], … }
 */
export function guardOf(name: string, guard: AuthGuardFn): AuthGuardFn {
  return (...target) => runInInjectionContext(injectorOf(name), () => guard(...target));
}

/**
 * What a session consists of: that of a name, or else that of `provideAuth`.
 *
 * @throws AuthError `unknown-name`, `not-provided`
 */
export function setupOf(name?: string): AuthSetup {
  return name === undefined ? inject(AUTH_SETUP) : injectorOf(name).get(AUTH_SETUP);
}

/**
 * What the session of a name is made in.
 *
 * @throws AuthError `unknown-name`
 */
export function injectorOf(name: string): EnvironmentInjector {
  const named = inject(NAMED);
  const injector = named.get(name);
  if (injector === undefined) {
    throw authError('misconfigured', 'unknown-name', name, [...named.keys()].join(', ') || 'none');
  }
  return injector;
}
