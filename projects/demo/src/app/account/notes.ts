import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { firstValueFrom } from 'rxjs';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { ApiCall } from '../server/api-call';
import { failureWords } from '../session/auth-error-words';

interface Note {
  readonly id: string;
  readonly text: string;
  readonly createdAt: string;
}

/** Notes that belong to the signed-in user: an API that reads and one that writes. */
@Component({
  selector: 'app-notes',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, ReactiveFormsModule],
  templateUrl: './notes.html',
  styleUrl: './notes.css',
})
export class Notes {
  private readonly http = inject(HttpClient);
  private readonly url = `${inject(DEMO_SETTINGS).server}/api/notes`;
  protected readonly call = new ApiCall(() => this.http.get<{ readonly notes: readonly Note[] }>(this.url));
  protected readonly error = signal<string | null>(null);
  protected readonly form = inject(FormBuilder).nonNullable.group({
    text: ['', [Validators.required, Validators.maxLength(2000)]],
  });

  constructor() {
    void this.call.run();
  }

  protected async add(): Promise<void> {
    if (this.form.invalid) return;
    this.error.set(null);
    try {
      await firstValueFrom(this.http.post(this.url, this.form.getRawValue()));
    } catch (error) {
      this.error.set(failureWords(error));
      return;
    }
    this.form.reset();
    await this.call.run();
  }
}
