import { ChangeDetectionStrategy, Component, computed, effect, inject, signal } from '@angular/core';
import { FormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { AuthService, injectReturnUrl } from 'ngx-latchkey';
import { Icon } from '../icon/icon';
import { SEEDED_USERS, type SeededUser } from '../server/seeded-users';
import { failureWords } from '../session/auth-error-words';
import { SessionEnd } from '../session/session-end';
import { endWords } from '../session/session-event-words';

@Component({
  selector: 'app-login-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, ReactiveFormsModule, RouterLink],
  templateUrl: './login-page.html',
  styleUrl: './login-page.css',
})
export class LoginPage {
  private readonly auth = inject(AuthService);
  private readonly router = inject(Router);
  private readonly ending = inject(SessionEnd).reason;
  protected readonly returnUrl = injectReturnUrl();
  protected readonly users = SEEDED_USERS;
  protected readonly busy = signal(false);
  protected readonly error = signal<string | null>(null);
  protected readonly form = inject(FormBuilder).nonNullable.group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });
  protected readonly notice = computed(() => {
    const reason = this.ending();
    return reason === null ? null : endWords(reason);
  });

  constructor() {
    // Also when somebody signs in in another tab.
    effect(() => {
      if (this.auth.isAuthenticated()) void this.router.navigateByUrl(this.returnUrl);
    });
  }

  protected fill({ username, password }: SeededUser): void {
    this.form.setValue({ username, password });
    this.error.set(null);
  }

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.error.set(null);
    try {
      await this.auth.login(this.form.getRawValue());
    } catch (error) {
      this.error.set(failureWords(error));
    } finally {
      this.busy.set(false);
    }
  }
}
