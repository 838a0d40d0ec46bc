import { Directive, ElementRef, inject } from '@angular/core';

/** A form that was sent with something wrong in it leads to the first field that is. */
@Directive({ selector: 'form[appFocusFirstWrong]', host: { '(submit)': 'focus()' } })
export class FocusFirstWrong {
  private readonly form = inject<ElementRef<HTMLFormElement>>(ElementRef).nativeElement;

  protected focus(): void {
    this.form.querySelector<HTMLInputElement>('input.ng-invalid')?.focus();
  }
}
