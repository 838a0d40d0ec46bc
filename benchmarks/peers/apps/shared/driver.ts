import { HttpBackend, HttpClient, type HttpContext, HttpErrorResponse } from '@angular/common/http';
import {
  APP_BOOTSTRAP_LISTENER,
  type EnvironmentProviders,
  Injector,
  inject,
  makeEnvironmentProviders,
} from '@angular/core';
import { firstValueFrom, timeout } from 'rxjs';
import { addresses } from './addresses';
import { InstantBackend } from './instant-backend';
import { measureCalls } from './measure-calls';
import type { PeerPage } from './peer-page';

/** Milliseconds after which nobody waits any more. */
const NO_ANSWER = 30_000;

/** What differs from library to library. */
export interface PeerControls {
  login(): unknown;
  logout(): unknown;
  signedIn(): boolean;
  /** How calls of the API are marked, where the library wants them marked. */
  readonly context?: HttpContext;
}

/** Lets the benchmark drive the page once the application has started. No user would write this, so it is not counted. */
export function provideDriver(controlsOf: (injector: Injector) => PeerControls): EnvironmentProviders {
  return makeEnvironmentProviders([
    InstantBackend,
    { provide: HttpBackend, useExisting: InstantBackend },
    {
      provide: APP_BOOTSTRAP_LISTENER,
      multi: true,
      useFactory: () => {
        const injector = inject(Injector);
        return () => {
          (window as { peer?: PeerPage }).peer = pageOf(injector, controlsOf(injector));
        };
      },
    },
  ]);
}

function pageOf(injector: Injector, controls: PeerControls): PeerPage {
  const http = injector.get(HttpClient);
  const { context } = controls;
  const call = (url: string): Promise<string> => {
    const marked = context && url.startsWith(`${addresses.api}/`) ? { context } : {};
    return firstValueFrom(http.get(url, marked).pipe(timeout(NO_ANSWER))).then(() => 'ok', said);
  };
  return {
    login: () => void controls.login(),
    logout: () => void controls.logout(),
    signedIn: () => controls.signedIn(),
    call: (url, times) => Promise.all(Array.from({ length: times }, () => call(url))),
    measure: (rounds, calls) => measureCalls(injector, rounds, calls, context),
  };
}

function said(error: unknown): string {
  if (error instanceof HttpErrorResponse) return String(error.status);
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
