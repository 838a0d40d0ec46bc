import { HttpClient, HttpContext, provideHttpClient, withInterceptors } from '@angular/common/http';
import { Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';
import { addresses } from '../shared/addresses';
import { driver } from './driver';
import { Oidc, REQUIRE_ACCESS_TOKEN } from './oidc.service';

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
class Account {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `@if (oidc.isUserLoggedIn) {
      <p>{{ oidc.$decodedIdToken().name }}</p>
    }
    <button (click)="call()">Call</button>
    <button (click)="oidc.login()">Log in</button>
    <button (click)="oidc.logout({ redirectTo: 'home' })">Log out</button>
    <router-outlet />`,
})
class App {
  private readonly http = inject(HttpClient);
  readonly oidc = inject(Oidc);

  call(): void {
    const context = new HttpContext().set(REQUIRE_ACCESS_TOKEN, true);
    this.http.get(`${addresses.api}/profile`, { context }).subscribe();
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([{ path: 'account', component: Account, canActivate: [Oidc.enforceLoginGuard] }]),
    provideHttpClient(
      withInterceptors([
        Oidc.createBearerInterceptor({
          shouldInjectAccessToken: request => request.context.get(REQUIRE_ACCESS_TOKEN),
        }),
      ]),
    ),
    Oidc.provide({ issuerUri: addresses.issuer, clientId: addresses.clientId }),
    driver,
  ],
}).catch((error: unknown) => {
  console.error(error);
});
