import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';
import {
  OidcSecurityService,
  authInterceptor,
  autoLoginPartialRoutesGuard,
  provideAuth,
  withAppInitializerAuthCheck,
} from 'angular-auth-oidc-client';
import { addresses } from '../shared/addresses';
import { driver } from './driver';

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
class Account {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<p>{{ oidc.userData().userData?.name }}</p>
    <button (click)="call()">Call</button>
    <button (click)="oidc.authorize()">Log in</button>
    <button (click)="logout()">Log out</button>
    <router-outlet />`,
})
class App {
  private readonly http = inject(HttpClient);
  readonly oidc = inject(OidcSecurityService);

  call(): void {
    this.http.get(`${addresses.api}/profile`).subscribe();
  }

  logout(): void {
    this.oidc.logoff().subscribe();
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([{ path: 'account', component: Account, canActivate: [autoLoginPartialRoutesGuard] }]),
    provideHttpClient(withInterceptors([authInterceptor()])),
    provideAuth(
      {
        config: {
          authority: addresses.issuer,
          redirectUrl: window.location.origin,
          postLogoutRedirectUri: window.location.origin,
          clientId: addresses.clientId,
          scope: 'openid profile email offline_access',
          responseType: 'code',
          silentRenew: true,
          useRefreshToken: true,
          renewTimeBeforeTokenExpiresInSeconds: 30,
          ignoreNonceAfterRefresh: true,
          secureRoutes: [`${addresses.api}/`],
        },
      },
      withAppInitializerAuthCheck(),
    ),
    driver,
  ],
}).catch((error: unknown) => {
  console.error(error);
});
