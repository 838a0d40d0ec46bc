import { type AuthGuardFn, guard, toForbidden, toLogin } from './guard';

/**
 * Lets users pass that have all of the permissions; others go to the forbidden route, anonymous ones to the login page.
 * Works as `canActivate`, `canActivateChild` and `canMatch`. The API behind the page must ask again: this only hides it.
 *
 * @example { path: 'reports', canActivate: [permissionGuard('reports:read')], component: Reports }
 */
export function permissionGuard(...permissions: readonly string[]): AuthGuardFn {
  return guard(visit => {
    if (!visit.auth.isAuthenticated()) return toLogin(visit);
    return permissions.every(permission => visit.auth.hasPermission(permission)) || toForbidden(visit);
  });
}
