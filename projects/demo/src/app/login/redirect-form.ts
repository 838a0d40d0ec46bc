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
  private readonly backEnd = this.settings.backEnd;
  protected readonly attempt = inject(SignInAttempt);
  /** Those of the dev auth server; who may sign in elsewhere, nobody knows. */
  protected readonly users = this.backEnd.api?.(this.settings.values) ? this.backEnd.users : [];
  protected readonly host = computed(() => new URL(this.settings.values['issuer'] ?? '').host);
}
