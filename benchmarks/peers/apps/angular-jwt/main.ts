import {
  HTTP_INTERCEPTORS,
  HttpClient,
  provideHttpClient,
  withInterceptorsFromDi,
} from '@angular/common/http';
import { Component, importProvidersFrom, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';
import { JwtModule } from '@auth0/angular-jwt';
import { addresses } from '../shared/addresses';
import { AuthService, signedInGuard } from './auth.service';
import { driver } from './driver';
import { RefreshInterceptor } from './refresh.interceptor';

export function tokenGetter(): string | null {
  return localStorage.getItem('access_token');
}

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
class Account {}

@Component({ selector: 'app-login', template: '<h1>Log in</h1>' })
class Login {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<p>{{ auth.user() }}</p>
    <button (click)="call()">Call</button>
    <button (click)="login()">Log in</button>
    <button (click)="auth.logout()">Log out</button>
    <router-outlet />`,
})
class App {
  private readonly http = inject(HttpClient);
  readonly auth = inject(AuthService);

  call(): void {
    this.http.get(`${addresses.api}/profile`).subscribe();
  }

  login(): void {
    this.auth.login('ada', 'latchkey-ada').subscribe();
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([
      { path: 'account', component: Account, canActivate: [signedInGuard] },
      { path: 'login', component: Login },
    ]),
    { provide: HTTP_INTERCEPTORS, useClass: RefreshInterceptor, multi: true },
    importProvidersFrom(
      JwtModule.forRoot({
        config: {
          tokenGetter,
          allowedDomains: [new URL(addresses.server).host],
          disallowedRoutes: [new RegExp('/auth/')],
        },
      }),
    ),
    provideHttpClient(withInterceptorsFromDi()),
    driver,
  ],
}).catch((error: unknown) => {
  console.error(error);
});
