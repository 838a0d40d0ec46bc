import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { AuthService } from 'ngx-latchkey';
import { devServerOnly } from '../back-ends/dev-server-only';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { Answer } from '../server/answer';
import { ApiCall } from '../server/api-call';
import { ClaimsTable } from './claims-table';
import { Notes } from './notes';
import { TokenClock } from './token-clock';

/** What the application knows of the session, and two APIs that need it. */
@Component({
  selector: 'app-account-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Answer, ClaimsTable, Icon, Notes, TokenClock],
  templateUrl: './account-page.html',
  styleUrl: './account-page.css',
})
export class AccountPage {
  private readonly http = inject(HttpClient);
  private readonly settings = inject(DEMO_SETTINGS);
  protected readonly auth = inject(AuthService);
  protected readonly hasDevServer = devServerOnly();
  protected readonly backEnd = this.settings.backEnd;
  /** An API that wants the token; `null` where the back end has none here. */
  protected readonly api = this.backEnd.api?.(this.settings.values) ?? null;
  protected readonly path = this.api && `${this.api.method} ${new URL(this.api.url).pathname}`;
  protected readonly profile = new ApiCall(() => {
    const { method = 'GET', url = '', body } = this.api ?? {};
    return this.http.request<unknown>(method, url, { body });
  });

  constructor() {
    if (this.api !== null) void this.profile.run();
  }
}
