import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { AuthService } from 'ngx-latchkey';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { PHASE_WORDS } from '../session/phase-words';
import { SessionLog } from '../session/session-log';
import { EventList } from './event-list';

/** How the session is doing and what happened to it: beside the page, or a drawer at the bottom of a narrow screen. */
@Component({
  selector: 'app-event-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [EventList, Icon],
  templateUrl: './event-panel.html',
  styleUrl: './event-panel.css',
})
export class EventPanel {
  protected readonly auth = inject(AuthService);
  private readonly log = inject(SessionLog);
  /** Whether the drawer of a narrow screen is open. */
  protected readonly open = signal(false);
  private readonly renews = inject(DEMO_SETTINGS).backEnd.renews;
  protected readonly words = computed(() => {
    const words = PHASE_WORDS[this.auth.phase()];
    const lasts = this.auth.phase() === 'fresh' && !this.renews;
    return lasts ? { ...words, sentence: 'The token can be used until it runs out.' } : words;
  });
  protected readonly latest = computed(() => this.log.lines()[0]);
}
