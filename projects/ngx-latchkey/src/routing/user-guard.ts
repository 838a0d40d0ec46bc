import type { AuthUser } from 'ngx-latchkey/core';
import { type AuthGuardFn, guard, pathOf, toForbidden, toLogin } from './guard';

/** Options of {@link userGuard}. */
export interface UserGuardOptions {
  /** Where users go that may not pass, such as `/account/verify`. Default: the forbidden route of `withRoutes`. */
  readonly otherwise?: string;
}

/**
 * Lets users pass of whom the condition holds, such as that their account is verified; others go elsewhere, anonymous ones to the login page.
 * Works as `canActivate`, `canActivateChild` and `canMatch`. The API behind the page must ask again: this only hides it.
 *
 * @example
 * const verified = userGuard(user => averosAccount(user).accountVerified, { otherwise: '/account/verify' });
 * // { path: 'orders', canActivate: [verified], component: Orders }
 */
export function userGuard(
  admits: (user: AuthUser) => boolean,
  { otherwise }: UserGuardOptions = {},
): AuthGuardFn {
  return guard(visit => {
    if (!visit.auth.isAuthenticated()) return toLogin(visit);
    const user = visit.auth.user();
    if (user !== null && admits(user)) return true;
    if (otherwise === undefined) return toForbidden(visit);
    // The page that explains it, behind the same guard, could never be seen.
    return pathOf(visit.wanted) === pathOf(otherwise) || { path: otherwise };
  });
}
