import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { AuthService } from 'ngx-latchkey';
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
  private readonly url = `${inject(DEMO_SETTINGS).server}/api/profile`;
  protected readonly auth = inject(AuthService);
  protected readonly profile = new ApiCall(() => this.http.get(this.url));

  constructor() {
    void this.profile.run();
  }
}
