import {
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { FormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';

/** For users who sign in on the screens of a vendor's SDK; the demo's stand-in for Clerk has one too. */
@Component({
  selector: 'app-vendor-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, ReactiveFormsModule],
  templateUrl: './vendor-form.html',
  styleUrls: ['./stacked-form.css', './vendor-form.css'],
})
export class VendorForm {
  private readonly signIn = inject(DEMO_SETTINGS).backEnd.signIn;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('screen');
  protected readonly vendor = this.signIn.by === 'vendor' ? this.signIn.vendor : '';
  protected readonly wrong = signal(false);
  protected readonly form = inject(FormBuilder).nonNullable.group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });

  protected open(): void {
    this.form.setValue({ username: 'ada', password: 'latchkey-ada' });
    this.dialog().nativeElement.showModal();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected async submit(): Promise<void> {
    // Loaded with the provider already.
    const { clerkStandIn } = await import('../back-ends/clerk-stand-in');
    const { username, password } = this.form.getRawValue();
    this.wrong.set(!clerkStandIn().signIn(username, password));
    if (!this.wrong()) this.close();
  }
}
