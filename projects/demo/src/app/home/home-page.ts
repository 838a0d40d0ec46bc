import { HttpClient, HttpContext } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AUTH, AuthService } from 'ngx-latchkey';
import { devServerOnly } from '../back-ends/dev-server-only';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { ApiCall } from '../server/api-call';
import { setUpWith } from './set-up';

/** What this is, who is signed in, and what to try first. */
@Component({
  selector: 'app-home-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink],
  templateUrl: './home-page.html',
  styleUrl: './home-page.css',
})
export class HomePage {
  private readonly http = inject(HttpClient);
  protected readonly auth = inject(AuthService);
  protected readonly settings = inject(DEMO_SETTINGS);
  protected readonly backEnd = this.settings.backEnd;
  protected readonly hasDevServer = devServerOnly();
  protected readonly setUp = setUpWith(this.backEnd.code);
  protected readonly health = new ApiCall(() =>
    this.http.get(`${this.settings.server}/health`, { context: new HttpContext().set(AUTH, 'none') }),
  );

  constructor() {
    if (this.hasDevServer) void this.health.run();
  }
}
