import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { BackEndCard } from './back-end-card';
import { BACK_ENDS } from './back-end-list';

/** All the back ends that the library has a provider for; one of them is in use. */
@Component({
  selector: 'app-back-ends-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [BackEndCard, Icon],
  templateUrl: './back-ends-page.html',
  styleUrl: './back-ends-page.css',
})
export class BackEndsPage {
  protected readonly settings = inject(DEMO_SETTINGS);
  protected readonly backEnds = BACK_ENDS;
}
