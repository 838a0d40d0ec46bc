import {
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { FormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { BackEndName } from '../back-ends/back-end';
import type { VendorMemory } from '../back-ends/vendor-memory';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';

/** For users who sign in on the screens of a vendor's SDK; the demo's stand-ins have one too. */
@Component({
  selector: 'app-vendor-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, ReactiveFormsModule],
  templateUrl: './vendor-form.html',
  styleUrls: ['./stacked-form.css', './vendor-form.css'],
})
export class VendorForm {
  private readonly backEnd = inject(DEMO_SETTINGS).backEnd;
  private readonly signIn = this.backEnd.signIn;
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
    const memory = await memoryOf(this.backEnd.name);
    const { username, password } = this.form.getRawValue();
    this.wrong.set(!memory.signIn(username, password));
    if (!this.wrong()) this.close();
  }
}

/** Loaded with the provider already. */
async function memoryOf(name: BackEndName): Promise<VendorMemory> {
  if (name === 'clerk') return (await import('../back-ends/clerk-stand-in')).clerkMemory;
  return (await import('../back-ends/firebase-stand-in')).firebaseMemory;
}
