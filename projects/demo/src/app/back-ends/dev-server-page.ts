import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';

/** In place of a page that needs the dev auth server, while the demo is switched to another back end. */
@Component({
  selector: 'app-dev-server-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink],
  templateUrl: './dev-server-page.html',
})
export class DevServerPage {
  protected readonly backEnd = inject(DEMO_SETTINGS).backEnd;
}
