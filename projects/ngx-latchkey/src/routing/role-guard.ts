import { type AuthGuardFn, guard, toForbidden, toLogin } from './guard';

/**
 * Lets users pass that have at least one of the roles; others go to the forbidden route, anonymous ones to the login page.
 * Works as `canActivate`, `canActivateChild` and `canMatch`. The API behind the page must ask again: this only hides it.
 *
 * @example { path: 'admin', canMatch: [roleGuard('admin')], loadChildren: () => import('./admin/routes') }
 */
export function roleGuard(...roles: readonly string[]): AuthGuardFn {
  return guard(visit => {
    if (!visit.auth.isAuthenticated()) return toLogin(visit);
    return roles.some(role => visit.auth.hasRole(role)) || toForbidden(visit);
  });
}
