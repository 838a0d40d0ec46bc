import { inject } from '@angular/core';
import {
  type ActivatedRouteSnapshot,
  RedirectCommand,
  type Route,
  Router,
  RouterStateSnapshot,
  type UrlSegment,
} from '@angular/router';
import { AuthService } from '../auth-service';
import { AUTH_ROUTES, type AuthRoutes } from './auth-routes';
import { RETURN_URL_PARAMETER } from './inject-return-url';
import { safeReturnUrl } from './return-url';

/** A guard that works as `canActivate`, `canActivateChild` and `canMatch`. */
export type AuthGuardFn = (
  route: ActivatedRouteSnapshot | Route,
  target: RouterStateSnapshot | UrlSegment[],
) => Promise<boolean | RedirectCommand>;

/** What a guard decides from. */
export interface Visit {
  readonly auth: AuthService;
  readonly routes: AuthRoutes;
  /** The URL that the user wants to see. */
  readonly wanted: string;
  readonly router: Router;
}

/** Where a guard sends the user instead, or `true`. */
export type Admission = boolean | { readonly path: string; readonly returnUrl?: string | null };

/** A guard that waits until it is known who is signed in, and then decides. */
export function guard(admit: (visit: Visit) => Admission): AuthGuardFn {
  return async (_route, target) => {
    const router = inject(Router);
    const routes = inject(AUTH_ROUTES);
    const auth = inject(AuthService);
    const wanted = wantedUrl(router, target);
    await auth.settled();
    const admission = admit({ auth, routes, wanted, router });
    if (typeof admission === 'boolean') return admission;
    const destination = router.parseUrl(admission.path);
    if (admission.returnUrl) {
      destination.queryParams = { ...destination.queryParams, [RETURN_URL_PARAMETER]: admission.returnUrl };
    }
    return new RedirectCommand(destination);
  };
}

/** Sends the user to the login page, from which the wanted page is reached again. */
export function toLogin({ routes, wanted }: Visit): Admission {
  // A login page behind a guard could never be seen.
  if (pathOf(wanted) === routes.login) return true;
  const returnUrl = wanted === '/' || wanted === routes.home ? null : safeReturnUrl(wanted, [routes.login]);
  return { path: routes.login, returnUrl };
}

/** Turns a signed-in user away who lacks what the page asks for. */
export function toForbidden({ routes, wanted }: Visit): Admission {
  return pathOf(wanted) === routes.forbidden ? false : { path: routes.forbidden };
}

function wantedUrl(router: Router, target: RouterStateSnapshot | UrlSegment[]): string {
  if (target instanceof RouterStateSnapshot) return target.url;
  const navigation = router.currentNavigation();
  if (navigation !== null) return router.serializeUrl(navigation.extractedUrl);
  return `/${target.map(segment => segment.path).join('/')}`;
}

/** The path of a URL of the application. */
export function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
