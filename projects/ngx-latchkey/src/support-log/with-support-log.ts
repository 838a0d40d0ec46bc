import { EnvironmentInjector, InjectionToken, assertInInjectionContext, inject } from '@angular/core';
import { authError } from 'ngx-latchkey/core';
import type { AuthFeature } from '../auth-feature';
import { AUTH_SETUP, type AuthSetup, createAuthSetup } from '../auth-setup';
import { injectorOf } from '../named-auth';
import { type SupportLog, supportLog } from './support-log';

declare const ngDevMode: unknown;

interface LoggedSetup {
  readonly setup: AuthSetup;
  readonly log: SupportLog;
}

const LOGGED_SETUP = new InjectionToken<LoggedSetup>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey logged setup' : '',
);

/**
 * Keeps the last 200 events of the session, from its start on, and counts them all: for an error report or a "help" dialog. In memory only, and
 * without secrets.
 *
 * @example provideAuth(jwtServer({ url }), withSupportLog())
 */
export function withSupportLog(): AuthFeature<'support-log'> {
  // The session is followed before it is started, so that nothing is missed.
  const logged = (): LoggedSetup => {
    const setup = createAuthSetup();
    return { setup, log: supportLog(setup.engine, setup.provider) };
  };
  return {
    ɵkind: 'support-log',
    ɵproviders: [
      { provide: LOGGED_SETUP, useFactory: logged },
      { provide: AUTH_SETUP, useFactory: () => inject(LOGGED_SETUP).setup },
    ],
  };
}

/**
 * What `withSupportLog` has kept.
 *
 * @param name that of `provideNamedAuth`, for the log of that session
 * @throws AuthError `support-log-missing` without `withSupportLog()`, `unknown-name`
 *
 * @example
 * private readonly log = injectSupportLog();
 * // in a handler: report({ description, session: this.log.dump() })
 */
export function injectSupportLog(name?: string): SupportLog {
  assertInInjectionContext(injectSupportLog);
  const injector = name === undefined ? inject(EnvironmentInjector) : injectorOf(name);
  const logged = injector.get(LOGGED_SETUP, null);
  // Where a session has no log of its own, what is found is that of the one around it.
  if (logged?.setup !== injector.get(AUTH_SETUP)) throw authError('misconfigured', 'support-log-missing');
  return logged.log;
}
