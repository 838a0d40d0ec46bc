import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';
import { AuthService, authGuard, authInterceptor, provideAuth } from 'ngx-latchkey';
import { oidc } from 'ngx-latchkey/oidc';

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<button (click)="call()">Call {{ auth.user()?.name }}</button>
    <button (click)="auth.login({ returnUrl: '/account' })">Log in</button>
    <button (click)="auth.logout()">Log out</button>
    <router-outlet />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class App {
  readonly auth = inject(AuthService);
  private readonly http = inject(HttpClient);

  call(): void {
    this.http.get('https://api.example.com/me').subscribe();
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([{ path: 'account', canActivate: [authGuard], component: Page }]),
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth(
      oidc({ issuer: 'https://login.example.com', clientId: 'web', api: ['https://api.example.com'] }),
    ),
  ],
}).catch((error: unknown) => {
  console.error(error);
});
