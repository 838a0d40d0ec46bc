import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icon-paths';
import { type LogLine, SessionLog } from '../session/session-log';

const KIND_ICONS: Readonly<Record<LogLine['kind'], IconName>> = {
  phase: 'arrow',
  'signed-in': 'login',
  refreshed: 'refresh',
  'refresh-failed': 'alert',
  ended: 'logout',
  replayed: 'bolt',
  'not-replayable': 'alert',
  'rejected-fresh-token': 'alert',
  'too-many-renewals': 'alert',
  'lock-stolen': 'alert',
  'clock-skew': 'alert',
  'logout-not-confirmed': 'alert',
  'user-unknown': 'alert',
  'probe-failed': 'alert',
  'sign-in-failed': 'alert',
  'storage-degraded': 'alert',
};

/** What happened to the session, newest first. */
@Component({
  selector: 'app-event-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './event-list.html',
  styleUrl: './event-list.css',
})
export class EventList {
  protected readonly log = inject(SessionLog);

  protected iconOf(line: LogLine): IconName {
    return KIND_ICONS[line.kind];
  }
}
