import { type AuthGuardFn, guard, toLogin } from './guard';

/**
 * Lets signed-in users pass and sends everybody else to the login page, from which they return to the page they wanted.
 * Works as `canActivate`, `canActivateChild` and `canMatch`.
 *
 * A server that renders the page knows nobody, so that it sends everybody there; the login page's `guestGuard` leads back in the browser. Give
 * guarded routes `RenderMode.Client` to save that way.
 *
 * @example { path: 'account', canActivate: [authGuard], loadComponent: () => import('./account') }
 */
export const authGuard: AuthGuardFn = /* @__PURE__ */ guard(
  visit => visit.auth.isAuthenticated() || toLogin(visit),
);
