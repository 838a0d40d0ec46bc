import { ChangeDetectionStrategy, Component, effect, inject, signal } from '@angular/core';
import { FormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { AuthService, injectAuthActions, injectReturnUrl, jwtServer } from 'ngx-latchkey';
import { FocusFirstWrong } from '../form/focus-first-wrong';
import { Icon } from '../icon/icon';
import { failureWords } from '../session/auth-error-words';

@Component({
  selector: 'app-register-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [FocusFirstWrong, Icon, ReactiveFormsModule, RouterLink],
  templateUrl: './register-page.html',
  styleUrl: './register-page.css',
})
export class RegisterPage {
  private readonly auth = inject(AuthService);
  private readonly router = inject(Router);
  private readonly account = injectAuthActions(jwtServer);
  private readonly returnUrl = injectReturnUrl();
  protected readonly busy = signal(false);
  protected readonly error = signal<string | null>(null);
  protected readonly form = inject(FormBuilder).nonNullable.group({
    name: ['', Validators.required],
    username: ['', [Validators.required, Validators.pattern(/^[^\s@]{2,64}$/)]],
    email: ['', Validators.email],
    password: ['', [Validators.required, Validators.minLength(8)]],
  });

  constructor() {
    effect(() => {
      if (this.auth.isAuthenticated()) {
        void this.router.navigateByUrl(this.returnUrl === '/' ? '/account' : this.returnUrl);
      }
    });
  }

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.error.set(null);
    try {
      const { email, ...others } = this.form.getRawValue();
      await this.account.register(email === '' ? others : { ...others, email });
    } catch (error) {
      this.error.set(failureWords(error));
    } finally {
      this.busy.set(false);
    }
  }
}
