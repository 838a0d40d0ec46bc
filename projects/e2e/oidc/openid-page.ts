// An application that is nothing but its session, compiled in the browser.
import '@angular/compiler';
import { HttpClient, HttpErrorResponse, provideHttpClient, withInterceptors } from '@angular/common/http';
import { effect, runInInjectionContext } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  AuthError,
  type AuthProvider,
  AuthService,
  authInterceptor,
  injectStepUp,
  provideAuth,
  withDpop,
  withStepUp,
} from 'ngx-latchkey';
import { auth0, cognitoHosted, cookieSession, keycloak, oidc } from 'ngx-latchkey/oidc';
import { type Observable, firstValueFrom } from 'rxjs';
import type { OpenIdSettings } from './openid-settings';

// Each preset checks its own options.
const PRESETS = { oidc, keycloak, auth0, cognito: cognitoHosted, cookieSession } as unknown as Readonly<
  Record<OpenIdSettings['preset'], (options: object) => AuthProvider>
>;

const settings = (await (await fetch('/settings.json')).json()) as OpenIdSettings;
const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth(
      PRESETS[settings.preset](settings.options),
      ...(settings.dpop === true ? [withDpop()] : []),
      ...(settings.stepUp === true ? [withStepUp()] : []),
    ),
  ],
});
const auth = injector.get(AuthService);
const http = injector.get(HttpClient);

effect(
  () => {
    const { name, roles = [] } = auth.user() ?? {};
    show('status', auth.status());
    show('user', [name, ...[...roles].sort()].join(' '));
    show('sign-in-error', auth.signInError()?.code);
  },
  { injector },
);

on('log-in', () => auth.login({ returnUrl: '/account?tab=notes#end' }));
on('log-in-silently', () => auth.login({ prompt: 'none' }));
on('log-in-in-window', () => auth.login({ popup: true }));
on('log-out', () => auth.logout('/goodbye'));
on('refresh', () => auth.refresh());
on('call', () => ask(() => http.get(settings.calls, { observe: 'response' })));
on('burst', () =>
  Promise.all(Array.from({ length: 10 }, () => ask(() => http.get(settings.calls, { observe: 'response' })))),
);
on('transfer', () => ask(() => http.post(settings.transfer ?? '', {}, { observe: 'response' })));

if (settings.stepUp === true) {
  const stepUp = runInInjectionContext(injector, injectStepUp);
  effect(
    () => {
      const asked = stepUp();
      show('asked', asked === null ? '' : (asked.acrValues ?? 'asked'));
    },
    { injector },
  );
  on('step-up', () => stepUp()?.signIn());
  on('not-now', () => stepUp()?.cancel());
}

/** Shows the status of an answer beside those of the others, in the order in which they came. */
async function ask(request: () => Observable<{ readonly status: number }>): Promise<void> {
  const { status } = await firstValueFrom(request());
  const shown = document.getElementById('answers')?.textContent ?? '';
  show('answers', `${shown} ${status}`.trim());
}

function on(id: string, task: () => unknown): void {
  const button = document.getElementById(id);
  // Until now a click would have come to nothing.
  button?.removeAttribute('disabled');
  button?.addEventListener('click', () => {
    for (const old of ['done', 'error', 'answers']) if (id !== 'step-up') show(old);
    Promise.resolve(task()).then(
      () => {
        show('done', id);
      },
      (error: unknown) => {
        show('error', error instanceof AuthError ? error.code : said(error));
      },
    );
  });
}

function said(error: unknown): string {
  return error instanceof HttpErrorResponse ? `${error.status} ${error.url}` : String(error);
}

function show(id: string, text = ''): void {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}
