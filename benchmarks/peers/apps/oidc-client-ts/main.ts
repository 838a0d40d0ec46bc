import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { Component, type OnInit, inject, provideAppInitializer } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { type CanActivateFn, Router, RouterOutlet, provideRouter } from '@angular/router';
import { addresses } from '../shared/addresses';
import { authInterceptor } from './auth.interceptor';
import { AuthService } from './auth.service';
import { driver } from './driver';

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
class Account {}

@Component({ selector: 'app-signin-callback', template: '<p>Processing signin callback</p>' })
class SigninCallback implements OnInit {
  private readonly auth = inject(AuthService);
  private readonly router = inject(Router);

  async ngOnInit(): Promise<void> {
    const user = await this.auth.manager.signinCallback();
    await this.router.navigateByUrl(user?.url_state ?? '/');
  }
}

const signedInGuard: CanActivateFn = async (_route, { url }) => {
  const auth = inject(AuthService);
  const user = await auth.manager.getUser();
  if (user) return true;
  await auth.login(url);
  return false;
};

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<p>{{ auth.user()?.profile?.name }}</p>
    <button (click)="call()">Call</button>
    <button (click)="auth.login()">Log in</button>
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
    provideRouter([
      { path: 'account', component: Account, canActivate: [signedInGuard] },
      { path: 'signin-callback', component: SigninCallback },
    ]),
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAppInitializer(() => inject(AuthService).start()),
    driver,
  ],
}).catch((error: unknown) => {
  console.error(error);
});
