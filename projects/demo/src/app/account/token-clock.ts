import { ChangeDetectionStrategy, Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { AuthService } from 'ngx-latchkey';
import { DEMO_SETTINGS } from '../demo-settings';
import { Icon } from '../icon/icon';
import { failureWords } from '../session/auth-error-words';

const TICK = 500;

/** Counts down to the moment the token expires, and shows that nothing bad happens then. */
@Component({
  selector: 'app-token-clock',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './token-clock.html',
  styleUrl: './token-clock.css',
})
export class TokenClock {
  private readonly auth = inject(AuthService);
  private readonly now = signal(Date.now());
  protected readonly renews = inject(DEMO_SETTINGS).backEnd.renews;
  protected readonly outcome = signal('');

  /** Whole seconds; `null` where nobody knows. */
  protected readonly left = computed(() => {
    const expiresAt = this.auth.expiresAt();
    return expiresAt === null ? null : Math.max(0, Math.ceil((expiresAt - this.now()) / 1000));
  });
  protected readonly clock = computed(() => {
    const left = this.left();
    return left === null ? '–' : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  });
  /** The part of the token's life that is left, from 0 to 1. */
  protected readonly share = computed(() => {
    const { iat, exp } = this.auth.claims() ?? {};
    const left = this.left();
    if (left === null || iat === undefined || exp === undefined) return 0;
    return Math.min(1, left / Math.max(1, exp - iat));
  });

  constructor() {
    const timer = setInterval(() => {
      this.now.set(Date.now());
    }, TICK);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }

  protected async renew(): Promise<void> {
    try {
      await this.auth.refresh();
      this.outcome.set('Renewed.');
    } catch (error) {
      this.outcome.set(failureWords(error));
    }
  }
}
