import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, effect, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { AuthService, injectReturnUrl } from 'ngx-latchkey';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { failureWords } from '../session/auth-error-words';
import { SessionEnd } from '../session/session-end';
import { endWords } from '../session/session-event-words';
import { ChallengeForm } from './challenge-form';
import { PasswordForm } from './password-form';
import { RedirectForm } from './redirect-form';
import { SignInAttempt } from './sign-in-attempt';
import { VendorForm } from './vendor-form';

/** Signs in the way that the back end wants it. */
@Component({
  selector: 'app-login-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ChallengeForm, Icon, NgTemplateOutlet, PasswordForm, RedirectForm, RouterLink, VendorForm],
  providers: [SignInAttempt],
  templateUrl: './login-page.html',
  styleUrl: './login-page.css',
})
export class LoginPage {
  private readonly auth = inject(AuthService);
  private readonly router = inject(Router);
  private readonly ending = inject(SessionEnd).reason;
  protected readonly attempt = inject(SignInAttempt);
  protected readonly settings = inject(DEMO_SETTINGS);
  protected readonly backEnd = this.settings.backEnd;
  protected readonly returnUrl = injectReturnUrl();
  protected readonly notice = computed(() => {
    const reason = this.ending();
    return reason === null ? null : endWords(reason);
  });
  /** What went wrong here, or on the way back from where the sign-in happens. */
  protected readonly error = computed(() => {
    const failure = this.auth.signInError();
    return this.attempt.error() ?? (failure === null ? null : failureWords(failure));
  });

  constructor() {
    // Also when somebody signs in in another tab.
    effect(() => {
      if (this.auth.isAuthenticated()) void this.router.navigateByUrl(this.returnUrl);
    });
  }
}
