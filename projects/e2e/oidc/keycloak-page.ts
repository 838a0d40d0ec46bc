// An application that is nothing but its session, compiled in the browser.
import '@angular/compiler';
import { effect } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { AuthError, AuthService, provideAuth } from 'ngx-latchkey';
import { keycloak } from 'ngx-latchkey/oidc';

/** The address of the server, filled in when the page is built. */
declare const KEYCLOAK: string;

const provider = keycloak({ url: KEYCLOAK, realm: 'strict', clientId: 'web' });
const { injector } = await createApplication({ providers: [provideAuth(provider)] });
const auth = injector.get(AuthService);

effect(
  () => {
    const { name, roles = [] } = auth.user() ?? {};
    show('status', auth.status());
    show('user', [name, ...[...roles].sort()].join(' '));
    show('error', auth.signInError()?.code);
  },
  { injector },
);

on('log-in', () => auth.login({ returnUrl: '/account?tab=notes' }));
on('log-in-silently', () => auth.login({ prompt: 'none' }));
on('log-in-in-window', () => auth.login({ popup: true }));
on('log-out', () => auth.logout('/goodbye'));
on('refresh', () => auth.refresh());
on('ask', async () => {
  const headers = { Authorization: `Bearer ${(await auth.getToken()) ?? ''}` };
  const answer = await fetch(`${KEYCLOAK}/realms/strict/protocol/openid-connect/userinfo`, { headers });
  show('answer', `${answer.status}`);
});

function on(id: string, task: () => Promise<unknown>): void {
  document.getElementById(id)?.addEventListener('click', () => {
    show('done', '');
    task().then(
      () => {
        show('done', id);
      },
      (error: unknown) => {
        show('error', error instanceof AuthError ? error.code : String(error));
      },
    );
  });
}

function show(id: string, text = ''): void {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}
