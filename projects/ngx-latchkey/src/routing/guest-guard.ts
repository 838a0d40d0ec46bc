import { type AuthGuardFn, guard, pathOf } from './guard';
import { RETURN_URL_PARAMETER } from './inject-return-url';
import { safeReturnUrl } from './return-url';

/**
 * For pages that only make sense signed out, such as the login page: signed-in users go on to where they wanted to be, or home.
 * Works as `canActivate`, `canActivateChild` and `canMatch`.
 *
 * @example { path: 'login', canActivate: [guestGuard], loadComponent: () => import('./login') }
 */
export const guestGuard: AuthGuardFn = /* @__PURE__ */ guard(({ auth, routes, wanted, router }) => {
  const query = router.parseUrl(wanted).queryParams;
  // Whoever is to sign in once more (`stepUpGuard`) would be sent to and fro for ever.
  if (!auth.isAuthenticated() || 'acr' in query || 'maxAge' in query) return true;
  const returnUrl = safeReturnUrl(query[RETURN_URL_PARAMETER], [routes.login, pathOf(wanted)]);
  return { path: returnUrl ?? routes.home };
});
