import { Injectable, inject } from '@angular/core';
import { AuthService } from 'ngx-latchkey';
import { AuthServerAdmin } from './auth-server-admin';

const DISTRUST = 31_000;

/**
 * Makes the session's tokens invalid at the server, as often as a visitor likes. The session renews a rejected token only once
 * in 30 seconds, lest an API that rejects everything has it renew for ever; so a second time within them begins with a
 * renewal of its own.
 */
@Injectable({ providedIn: 'root' })
export class SessionBreaker {
  private readonly auth = inject(AuthService);
  private readonly admin = inject(AuthServerAdmin);
  private lastTime = -Infinity;

  /** The server refuses all access tokens issued so far. */
  async expireTokens(): Promise<void> {
    await this.beBelieved();
    await this.admin.expireTokens();
  }

  /** The server ends all sessions. */
  async revokeSessions(): Promise<void> {
    await this.beBelieved();
    await this.admin.revokeSessions();
  }

  private async beBelieved(): Promise<void> {
    const isSoon = performance.now() - this.lastTime < DISTRUST;
    if (isSoon && this.auth.isAuthenticated()) await this.auth.refresh();
    this.lastTime = performance.now();
  }
}
