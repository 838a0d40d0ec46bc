import { HttpClient, provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { Component, importProvidersFrom, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { Router, RouterOutlet, provideRouter } from '@angular/router';
import {
  AUTH_SERVICE,
  AuthModule,
  PROTECTED_FALLBACK_PAGE_URI,
  PUBLIC_FALLBACK_PAGE_URI,
  protectedGuard,
  publicGuard,
} from 'ngx-auth';
import { addresses } from '../shared/addresses';
import { AuthenticationService } from './authentication.service';
import { driver } from './driver';

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
  private readonly router = inject(Router);
  readonly auth = inject(AuthenticationService);

  call(): void {
    this.http.get(`${addresses.api}/profile`).subscribe();
  }

  login(): void {
    this.auth
      .login('ada', 'latchkey-ada')
      .subscribe(() => void this.router.navigateByUrl(this.auth.getInterruptedUrl()));
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([
      { path: 'account', component: Account, canActivate: [protectedGuard] },
      { path: 'login', component: Login, canActivate: [publicGuard] },
    ]),
    provideHttpClient(withInterceptorsFromDi()),
    importProvidersFrom(AuthModule),
    { provide: PROTECTED_FALLBACK_PAGE_URI, useValue: '/' },
    { provide: PUBLIC_FALLBACK_PAGE_URI, useValue: '/login' },
    { provide: AUTH_SERVICE, useExisting: AuthenticationService },
    driver,
  ],
}).catch((error: unknown) => {
  console.error(error);
});
