import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';
import { AuthService, authGuard, authInterceptor, provideAuth } from 'ngx-latchkey';
import { oidc } from 'ngx-latchkey/oidc';
import { addresses } from '../shared/addresses';
import { driver } from './driver';

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
class Account {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<p>{{ auth.user()?.name }}</p>
    <button (click)="call()">Call</button>
    <button (click)="auth.login({})">Log in</button>
    <button (click)="auth.logout()">Log out</button>
    <router-outlet />`,
})
class App {
  private readonly http = inject(HttpClient);
  readonly auth = inject(AuthService);

  call(): void {
    this.http.get(`${addresses.api}/profile`).subscribe();
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([{ path: 'account', component: Account, canActivate: [authGuard] }]),
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth(oidc({ issuer: addresses.issuer, clientId: addresses.clientId, api: [addresses.api] })),
    driver,
  ],
}).catch((error: unknown) => {
  console.error(error);
});
