import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { AuthService } from 'ngx-latchkey';
import { Icon } from '../icon/icon';

/** Says calmly that the auth server is away for the moment and nobody has to do anything. */
@Component({
  selector: 'app-reconnecting-banner',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './reconnecting-banner.html',
  styleUrl: './reconnecting-banner.css',
})
export class ReconnectingBanner {
  protected readonly auth = inject(AuthService);
}
