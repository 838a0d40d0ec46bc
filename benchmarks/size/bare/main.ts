import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

/**
 * The same page as the other application's, with nothing behind its buttons. What it has of Angular is the same too (an interceptor, a guard,
 * a computed signal), so that what the other adds is the library.
 */
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
  private readonly account = signal<{ readonly name: string } | null>(null);
  readonly user = computed(() => this.account());
  private readonly http = inject(HttpClient);

  call(): void {
    this.http.get('https://api.example.com/me').subscribe();
  }

  login({ username }: { readonly username: string; readonly password: string }): void {
    this.account.set({ name: username });
  }

  logout(): void {
    this.account.set(null);
  }
}

bootstrapApplication(App, {
  providers: [
    provideRouter([{ path: 'account', canActivate: [() => true], component: Page }]),
    provideHttpClient(withInterceptors([(request, next) => next(request)])),
  ],
}).catch((error: unknown) => {
  console.error(error);
});
