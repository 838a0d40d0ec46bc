import { HttpClient, provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { Component, inject, provideAppInitializer } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';
import { OAuthService, provideOAuthClient } from 'angular-oauth2-oidc';
import { map, startWith } from 'rxjs';
import { addresses } from '../shared/addresses';
import { signedInGuard, startSession } from './auth';
import { driver } from './driver';

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
class Account {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<p>{{ user() }}</p>
    <button (click)="call()">Call</button>
    <button (click)="oauth.initLoginFlow()">Log in</button>
    <button (click)="oauth.logOut()">Log out</button>
    <router-outlet />`,
})
class App {
  private readonly http = inject(HttpClient);
  readonly oauth = inject(OAuthService);
  readonly user = toSignal(
    this.oauth.events.pipe(
      startWith(null),
      map(() => this.oauth.getIdentityClaims()?.['name'] as string | undefined),
    ),
  );

  call(): void {
    this.http.get(`${addresses.api}/profile`).subscribe();
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([{ path: 'account', component: Account, canActivate: [signedInGuard] }]),
    provideHttpClient(withInterceptorsFromDi()),
    provideOAuthClient({ resourceServer: { allowedUrls: [addresses.api], sendAccessToken: true } }),
    provideAppInitializer(startSession),
    driver,
  ],
}).catch((error: unknown) => {
  console.error(error);
});
