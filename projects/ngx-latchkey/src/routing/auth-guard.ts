import { guard, toLogin } from './guard';

/**
 * Lets signed-in users pass and sends everybody else to the login page, from which they return to the page they wanted.
 * Works as `canActivate`, `canActivateChild` and `canMatch`.
 *
 * @example { path: 'account', canActivate: [authGuard], loadComponent: () => import('./account') }
 */
export const authGuard = /* @__PURE__ */ guard(visit => visit.auth.isAuthenticated() || toLogin(visit));
