import type { JsonObject } from 'ngx-latchkey/core';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import {
  AuthService,
  type AuthUser,
  authInterceptor,
  cookieProbe,
  jwtServer,
  provideAuth,
  withWorkerVault,
} from 'ngx-latchkey';
import { oidc } from 'ngx-latchkey/oidc';
import { type FaultPage, Harness } from './harness';

/** What the user would see: the phase, and who it is. */
@Component({
  selector: 'app-root',
  template: `<p data-testid="phase">{{ auth.phase() }}</p>
    <p data-testid="user">{{ auth.user()?.name }}</p>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class App {
  readonly auth = inject(AuthService);
}

const query = new URLSearchParams(location.search);
const rotation = query.get('rotation') === 'strict' ? 'strict' : 'grace';
const url = query.get('server') ?? 'http://localhost:3333';
const script = query.get('vault');
const vault = script === null ? [] : [withWorkerVault({ scriptUrl: script })];

/** What an application with a bug does: it reads the user of the sign-in, and none that comes later. */
function failingLater(): (source: JsonObject) => AuthUser {
  let read = false;
  return ({ id }) => {
    if (read) throw new Error('A bug of the application.');
    read = true;
    return { id: String(id), roles: [], permissions: [], profile: {} };
  };
}

function provider(): Parameters<typeof provideAuth>[0] {
  if (query.get('back-end') === 'oidc') {
    // What the page is told stays in its address on the way to the issuer and back.
    for (const name of ['code', 'state', 'iss']) query.delete(name);
    return oidc({
      issuer: `${url}/oidc`,
      clientId: 'latchkey-demo',
      redirectUri: `/?${query.toString()}`,
      api: [url],
      rotation,
      verifySignature: () => import('ngx-latchkey/oidc-signature'),
      userInfo: query.has('user-info'),
      logout: 'local',
    });
  }
  return query.get('transport') === 'cookie'
    ? jwtServer({
        url: `${url}/cookie`,
        refreshToken: 'cookie',
        rotation,
        api: [url],
        ...(query.has('probe') && { probe: cookieProbe() }),
      })
    : jwtServer({ url, rotation, ...(query.has('brittle') && { toUser: failingLater() }) });
}

bootstrapApplication(App, {
  providers: [
    provideRouter([]),
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth(provider(), ...vault),
  ],
})
  .then(application => {
    (window as { harness?: FaultPage }).harness = application.injector.get(Harness);
  })
  .catch((error: unknown) => {
    console.error(error);
  });
