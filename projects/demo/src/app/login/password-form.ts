import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { FormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { DEMO_SETTINGS } from '../demo-settings';
import { FocusFirstWrong } from '../form/focus-first-wrong';
import type { SeededUser } from '../server/seeded-users';
import { SignInAttempt } from './sign-in-attempt';

/** A name and a password, whatever the back end calls them. */
@Component({
  selector: 'app-password-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [FocusFirstWrong, ReactiveFormsModule, RouterLink],
  templateUrl: './password-form.html',
  styleUrl: './password-form.css',
})
export class PasswordForm {
  private readonly signIn = inject(DEMO_SETTINGS).backEnd.signIn;
  private readonly member = this.signIn.by === 'password' ? this.signIn.member : 'username';
  protected readonly backEnd = inject(DEMO_SETTINGS).backEnd;
  protected readonly attempt = inject(SignInAttempt);
  protected readonly label = this.signIn.by === 'password' ? this.signIn.label : 'User name';
  protected readonly isAddress = this.member === 'email';
  protected readonly form = inject(FormBuilder).nonNullable.group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });

  protected fill({ username, password }: SeededUser): void {
    this.form.setValue({ username, password });
    this.attempt.error.set(null);
  }

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    const { username, password } = this.form.getRawValue();
    await this.attempt.begin({ [this.member]: username, password });
  }
}
