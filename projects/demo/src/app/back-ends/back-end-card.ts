import {
  ChangeDetectionStrategy,
  Component,
  type OnInit,
  computed,
  inject,
  input,
  signal,
} from '@angular/core';
import { FormControl, FormRecord, ReactiveFormsModule } from '@angular/forms';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import type { BackEnd } from './back-end';
import { fieldValue } from './field-value';

/** One back end: what it is, where it is, and the button that switches the demo to it. */
@Component({
  selector: 'app-back-end-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, ReactiveFormsModule],
  templateUrl: './back-end-card.html',
  styleUrl: './back-end-card.css',
})
export class BackEndCard implements OnInit {
  private readonly settings = inject(DEMO_SETTINGS);
  readonly backEnd = input.required<BackEnd>();
  protected readonly inUse = computed(() => this.settings.backEnd.name === this.backEnd().name);
  protected readonly form = new FormRecord<FormControl<string>>({});
  /** The field whose value cannot be used. */
  protected readonly wrong = signal<string | null>(null);
  protected readonly way = computed(() => {
    const { signIn } = this.backEnd();
    if (signIn.by === 'redirect') return 'elsewhere, by redirect or window';
    return signIn.by === 'vendor' ? 'on the vendor’s screen' : 'by a form of the app';
  });

  ngOnInit(): void {
    for (const { name, usual } of this.backEnd().fields) {
      const value = this.inUse() ? (this.settings.values[name] ?? usual) : usual;
      this.form.addControl(name, new FormControl(value, { nonNullable: true }));
    }
  }

  /** The demo starts anew with the other provider: an application has the one that it was started with. */
  protected switch(): void {
    const { name, fields } = this.backEnd();
    const given = this.form.getRawValue();
    const wrong = fields.find(field => fieldValue(field, given[field.name] ?? '') === null);
    this.wrong.set(wrong?.name ?? null);
    if (wrong === undefined) location.assign(`/login?${new URLSearchParams({ 'back-end': name, ...given })}`);
  }
}
