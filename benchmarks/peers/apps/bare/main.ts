import { HttpClient, provideHttpClient } from '@angular/common/http';
import { Component, inject, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';
import { addresses } from '../shared/addresses';
import { driver } from './driver';

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
class Account {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<p>{{ user() }}</p>
    <button (click)="call()">Call</button>
    <button (click)="login()">Log in</button>
    <button (click)="logout()">Log out</button>
    <router-outlet />`,
})
class App {
  private readonly http = inject(HttpClient);
  readonly user = signal<string | undefined>(undefined);

  call(): void {
    this.http.get(`${addresses.api}/profile`).subscribe();
  }

  login(): void {
    this.user.set('Ada');
  }

  logout(): void {
    this.user.set(undefined);
  }
}

bootstrapApplication(App, {
  providers: [provideRouter([{ path: 'account', component: Account }]), provideHttpClient(), driver],
}).catch((error: unknown) => {
  console.error(error);
});
