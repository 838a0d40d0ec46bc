import { Location } from '@angular/common';
import { inject } from '@angular/core';
import { AuthError } from 'ngx-latchkey/core';
import { AUTH_SETUP } from '../auth-setup';
import { AuthService } from '../auth-service';
import { type StepUpRequirement, meets } from '../step-up/requirement';
import { type AuthGuardFn, guard, toForbidden, toLogin } from './guard';

/** Options of {@link stepUpGuard}. */
export interface StepUpGuardOptions {
  /** The kind of authentication that is needed; several with blanks between them, of which one will do. */
  readonly acr?: string;
  /** Seconds that may have passed since the user signed in. */
  readonly maxAge?: number;
}

/** What was asked of whom, so that a server which does not do it is not asked for ever. */
const ASKED = 'ngx-latchkey:step-up';

/**
 * Lets users pass who signed in in the way that is asked for, by the claims `acr` and `auth_time` of their tokens. Others sign in as asked and come
 * back: elsewhere, if that is where the back end has it done, or on the login page, with `acr` and `maxAge` in its URL. Who comes back without
 * goes to the forbidden route. Works as `canActivate`, `canActivateChild` and `canMatch`. The API behind the page must ask again: this only hides it.
 *
 * @example { path: 'transfer', canActivate: [stepUpGuard({ acr: 'phr', maxAge: 300 })], component: Transfer }
 */
export function stepUpGuard({ acr, maxAge }: StepUpGuardOptions): AuthGuardFn {
  const asked: StepUpRequirement = { acrValues: acr, maxAge };
  return async (route, target) => {
    const { engine, flow } = inject(AUTH_SETUP);
    const auth = inject(AuthService);
    const location = inject(Location);
    const elsewhere: { returnUrl?: string } = {};
    const decide = guard(visit => {
      const { record } = engine.state();
      if (record === null) return toLogin(visit);
      const others = noted(asked);
      if (meets(record, asked)) {
        note(null);
        return true;
      }
      // Asked before, and back without: with another session that does not do either, or with a failure.
      if (others !== null && (others !== record.sid || auth.signInError() !== null)) {
        note(null);
        return toForbidden(visit);
      }
      note([record.sid, asked]);
      if (flow !== undefined) {
        elsewhere.returnUrl = location.prepareExternalUrl(visit.wanted);
        return false;
      }
      const login = toLogin(visit);
      return typeof login === 'boolean' ? login : { ...login, path: `${login.path}?${queryOf(asked)}` };
    });
    const decision = await decide(route, target);
    if (elsewhere.returnUrl === undefined) return decision;
    return auth.login({ ...asked, ...elsewhere }).then(
      () => false,
      (error: unknown) => {
        if (error instanceof AuthError && error.code === 'sign-in-abandoned') return false;
        throw error;
      },
    );
  };
}

function queryOf({ acrValues, maxAge }: StepUpRequirement): string {
  return new URLSearchParams({
    ...(acrValues !== undefined && { acr: acrValues }),
    ...(maxAge !== undefined && { maxAge: String(maxAge) }),
  }).toString();
}

/** The session of which the same was asked before; `null` for none. */
function noted(asked: StepUpRequirement): string | null {
  try {
    const [sid, before] = JSON.parse(sessionStorage.getItem(ASKED) ?? '[]') as [string?, unknown?];
    return JSON.stringify(before) === JSON.stringify(asked) ? (sid ?? null) : null;
  } catch {
    // Blocked storage.
    return null;
  }
}

function note(asked: readonly [sid: string, asked: StepUpRequirement] | null): void {
  try {
    if (asked === null) sessionStorage.removeItem(ASKED);
    else sessionStorage.setItem(ASKED, JSON.stringify(asked));
  } catch {
    // Blocked storage.
  }
}
