import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type ActivatedRouteSnapshot, Router } from '@angular/router';
import { AuthService, type EndReason } from 'ngx-latchkey';

/** Leads away from a page that needs a session when the session ends, and remembers why it ended. */
@Injectable({ providedIn: 'root' })
export class SessionEnd {
  private readonly router = inject(Router);
  private readonly latest = signal<EndReason | null>(null);
  /** Why the last session ended; `null` once somebody signs in. */
  readonly reason = this.latest.asReadonly();

  constructor() {
    inject(AuthService)
      .events$.pipe(takeUntilDestroyed())
      .subscribe(event => {
        if (event.type === 'signed-in') this.latest.set(null);
        if (event.type === 'ended') this.leave(event.reason);
      });
  }

  private leave(reason: EndReason): void {
    this.latest.set(reason);
    if (!isGuarded(this.router.routerState.snapshot.root)) return;
    // Who logged out does not want to come back to the same page; who was cut off does.
    const returnUrl = reason === 'user' ? null : this.router.url;
    void this.router.navigate(['/login'], { queryParams: { returnUrl } });
  }
}

function isGuarded(route: ActivatedRouteSnapshot): boolean {
  return route.data['guarded'] === true || route.children.some(isGuarded);
}
