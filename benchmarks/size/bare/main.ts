import { HttpClient, provideHttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

/** The same page as the other application's, with nothing behind its buttons. */
@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<button (click)="call()">Call {{ user()?.name }}</button>
    <button (click)="login({ username: 'ada', password: 'secret' })">Log in</button>
    <button (click)="logout()">Log out</button>
    <router-outlet />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class App {
  readonly user = signal<{ readonly name: string } | null>(null);
  private readonly http = inject(HttpClient);

  call(): void {
    this.http.get('https://api.example.com/me').subscribe();
  }

  login({ username }: { readonly username: string; readonly password: string }): void {
    this.user.set({ name: username });
  }

  logout(): void {
    this.user.set(null);
  }
}

bootstrapApplication(App, {
  providers: [provideRouter([{ path: 'account', component: Page }]), provideHttpClient()],
}).catch((error: unknown) => {
  console.error(error);
});
