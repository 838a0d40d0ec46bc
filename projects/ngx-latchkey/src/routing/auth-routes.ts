import { InjectionToken } from '@angular/core';
import type { AuthFeature } from '../auth-feature';

declare const ngDevMode: unknown;

/** The places of the application that the guards send a user to. Paths begin with `/`. */
export interface AuthRoutes {
  /** Where a user signs in. Default `/login`. */
  readonly login: string;
  /** Where a signed-in user goes who has no other place to return to. Default `/`. */
  readonly home: string;
  /** Where a signed-in user goes who lacks a role or permission. Default `/`. */
  readonly forbidden: string;
}

const DEFAULTS: AuthRoutes = { login: '/login', home: '/', forbidden: '/' };

export const AUTH_ROUTES = new InjectionToken<AuthRoutes>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey routes' : '',
  { factory: () => DEFAULTS },
);

/**
 * Names the application's own routes.
 *
 * @example provideAuth(jwtServer({ url }), withRoutes({ login: '/sign-in', home: '/dashboard' }))
 */
export function withRoutes(routes: Partial<AuthRoutes>): AuthFeature<'routes'> {
  return { ɵkind: 'routes', ɵproviders: [{ provide: AUTH_ROUTES, useValue: { ...DEFAULTS, ...routes } }] };
}
