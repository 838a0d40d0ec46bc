import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive } from '@angular/router';
import { AuthService, Authenticated, HasRole } from 'ngx-latchkey';
import { devServerOnly } from '../back-ends/dev-server-only';
import { Icon } from '../icon/icon';

/** Brand, navigation, and who is signed in. */
@Component({
  selector: 'app-site-header',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Authenticated, HasRole, Icon, RouterLink, RouterLinkActive],
  templateUrl: './site-header.html',
  styleUrl: './site-header.css',
  host: { '(keydown.escape)': 'open.set(false)' },
})
export class SiteHeader {
  protected readonly auth = inject(AuthService);
  protected readonly hasDevServer = devServerOnly();
  /** Whether the navigation of a narrow screen is unfolded. */
  protected readonly open = signal(false);
  protected readonly initials = computed(() =>
    (this.auth.user()?.name ?? this.auth.user()?.email ?? '?')
      .split(/\s+/, 2)
      .map(part => part.charAt(0).toUpperCase())
      .join(''),
  );

  constructor() {
    inject(Router)
      .events.pipe(takeUntilDestroyed())
      .subscribe(event => {
        if (event instanceof NavigationEnd) this.open.set(false);
      });
  }
}
