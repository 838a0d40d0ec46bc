import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { ApiCall } from '../server/api-call';
import type { ServerUser } from '../server/auth-server';

/** Only administrators get here, and only they get the data: the guard hides, the API protects. */
@Component({
  selector: 'app-admin-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './admin-page.html',
  styleUrl: './admin-page.css',
})
export class AdminPage {
  private readonly http = inject(HttpClient);
  private readonly url = `${inject(DEMO_SETTINGS).server}/api/admin`;
  protected readonly call = new ApiCall(() =>
    this.http.get<{ readonly message: string; readonly users: readonly ServerUser[] }>(this.url),
  );

  constructor() {
    void this.call.run();
  }
}
