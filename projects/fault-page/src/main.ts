import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import {
  AuthService,
  authInterceptor,
  cookieProbe,
  jwtServer,
  provideAuth,
  withWorkerVault,
} from 'ngx-latchkey';
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
const byCookie = query.get('transport') === 'cookie';
const script = query.get('vault');
const vault = script === null ? [] : [withWorkerVault({ scriptUrl: script })];
const provider = byCookie
  ? jwtServer({
      url: `${url}/cookie`,
      refreshToken: 'cookie',
      rotation,
      api: [url],
      ...(query.has('probe') && { probe: cookieProbe() }),
    })
  : jwtServer({ url, rotation });

bootstrapApplication(App, {
  providers: [
    provideRouter([]),
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth(provider, ...vault),
  ],
})
  .then(application => {
    (window as { harness?: FaultPage }).harness = application.injector.get(Harness);
  })
  .catch((error: unknown) => {
    console.error(error);
  });
