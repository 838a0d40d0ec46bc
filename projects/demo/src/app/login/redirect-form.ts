import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { SignInAttempt } from './sign-in-attempt';

/** For users who sign in on pages of the back end's own. */
@Component({
  selector: 'app-redirect-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './redirect-form.html',
  styleUrl: './stacked-form.css',
})
export class RedirectForm {
  private readonly settings = inject(DEMO_SETTINGS);
  protected readonly attempt = inject(SignInAttempt);
  protected readonly users = this.settings.backEnd.users;
  protected readonly host = computed(() => new URL(this.settings.values['issuer'] ?? '').host);
}
