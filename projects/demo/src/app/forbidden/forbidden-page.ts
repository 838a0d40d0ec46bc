import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AuthService } from 'ngx-latchkey';
import { Icon } from '../icon/icon';

/** Where the role and permission guards send a user who lacks something. */
@Component({
  selector: 'app-forbidden-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink],
  templateUrl: './forbidden-page.html',
})
export class ForbiddenPage {
  protected readonly auth = inject(AuthService);
}
