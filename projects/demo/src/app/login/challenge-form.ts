import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterNextRender,
  computed,
  inject,
} from '@angular/core';
import { FormControl, FormGroup, FormRecord, ReactiveFormsModule, Validators } from '@angular/forms';
import { challengeWords } from './challenge-words';
import { SignInAttempt } from './sign-in-attempt';

/** Asks for the one more thing that the server wants before it signs the user in. */
@Component({
  selector: 'app-challenge-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ReactiveFormsModule],
  templateUrl: './challenge-form.html',
  styleUrl: './stacked-form.css',
})
export class ChallengeForm {
  protected readonly attempt = inject(SignInAttempt);
  protected readonly words = computed(() => challengeWords(this.attempt.challenge()));
  /** A new one for each challenge. */
  protected readonly form = computed(() => {
    const attributes = this.words().attributes.map(name => [name, newControl()] as const);
    return new FormGroup({
      answer: newControl(),
      attributes: new FormRecord(Object.fromEntries(attributes)),
    });
  });

  constructor() {
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    afterNextRender(() => {
      nativeElement.querySelector('input')?.focus();
    });
  }

  protected async submit(): Promise<void> {
    const form = this.form();
    form.markAllAsTouched();
    if (form.invalid) return;
    const { answer, attributes } = form.getRawValue();
    await this.attempt.answer({ [this.words().member]: answer, attributes });
  }
}

function newControl(): FormControl<string> {
  return new FormControl('', { nonNullable: true, validators: Validators.required });
}
