import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { ApiCall } from '../server/api-call';

interface Report {
  readonly id: number;
  readonly title: string;
  readonly value: number;
}

@Component({
  selector: 'app-reports-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './reports-page.html',
  styleUrl: './reports-page.css',
})
export class ReportsPage {
  private readonly http = inject(HttpClient);
  private readonly url = `${inject(DEMO_SETTINGS).server}/api/reports`;
  protected readonly call = new ApiCall(() =>
    this.http.get<{ readonly reports: readonly Report[] }>(this.url),
  );

  constructor() {
    void this.call.run();
  }
}
