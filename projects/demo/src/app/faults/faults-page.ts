import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AuthService } from 'ngx-latchkey';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import type { WaitingFault } from '../server/auth-server';
import { FAULT_GROUPS, type FaultScenario } from './fault-scenarios';
import { ScenarioRunner } from './scenario-runner';
import { ServerWatch } from './server-watch';

/** Buttons for everything that goes wrong in the real world. */
@Component({
  selector: 'app-faults-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink],
  providers: [ScenarioRunner, ServerWatch],
  templateUrl: './faults-page.html',
  styleUrl: './faults-page.css',
})
export class FaultsPage {
  private readonly watch = inject(ServerWatch);
  protected readonly auth = inject(AuthService);
  protected readonly server = inject(DEMO_SETTINGS).server;
  protected readonly runner = inject(ScenarioRunner);
  protected readonly groups = FAULT_GROUPS;
  protected readonly state = this.watch.state;
  protected readonly openSessions = computed(
    () => this.state()?.sessions.filter(({ status }) => status === 'open').length ?? 0,
  );

  protected async run(scenario: FaultScenario): Promise<void> {
    await this.runner.run(scenario);
    await this.watch.look();
  }

  protected wordsFor({ on, kind, status, retryAfter, times }: WaitingFault): string {
    const what = kind === 'status' ? `${status ?? 500}` : kind;
    const wait = retryAfter === undefined ? '' : `, Retry-After ${retryAfter}`;
    return `${on}: ${what}${wait}${times > 1 ? ` ×${times}` : ''}`;
  }
}
