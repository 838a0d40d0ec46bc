import { HttpClient, provideHttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { RouterOutlet, provideRouter } from '@angular/router';

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<button (click)="call()">Call</button><router-outlet />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class App {
  private readonly http = inject(HttpClient);

  call(): void {
    this.http.get('https://api.example.com/me').subscribe();
  }
}

bootstrapApplication(App, {
  providers: [provideRouter([{ path: 'account', component: Page }]), provideHttpClient()],
}).catch((error: unknown) => {
  console.error(error);
});
