import { assertInInjectionContext, inject } from '@angular/core';
import { Router } from '@angular/router';
import { AUTH_ROUTES } from './auth-routes';
import { safeReturnUrl } from './return-url';

/** The query parameter that carries the return URL to the login page. */
export const RETURN_URL_PARAMETER = 'returnUrl';

/**
 * Where to go after a sign-in: the page that a guard kept the user from, or the home route. Never leaves the application.
 *
 * @example
 * private readonly returnUrl = injectReturnUrl();
 * // after the login: this.router.navigateByUrl(this.returnUrl)
 */
export function injectReturnUrl(): string {
  assertInInjectionContext(injectReturnUrl);
  const router = inject(Router);
  const { login, home } = inject(AUTH_ROUTES);
  const here = router.currentNavigation()?.finalUrl ?? router.parseUrl(router.url);
  return safeReturnUrl(here.queryParams[RETURN_URL_PARAMETER], [login]) ?? home;
}
