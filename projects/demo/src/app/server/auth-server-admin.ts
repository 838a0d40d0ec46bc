import { HttpClient, HttpContext } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { AUTH } from 'ngx-latchkey';
import { firstValueFrom } from 'rxjs';
import { DEMO_SETTINGS } from '../demo-settings';
import type { FaultOrder, LoggedRequest, ServerState, TokenPolicy } from './auth-server';

/** Drives the dev auth server. Its admin calls have nothing to do with the user's session, so no token goes with them. */
@Injectable({ providedIn: 'root' })
export class AuthServerAdmin {
  private readonly http = inject(HttpClient);
  private readonly base = `${inject(DEMO_SETTINGS).server}/admin`;

  state(): Promise<ServerState> {
    return this.get<ServerState>('state');
  }

  /** Where the request log ends now; see {@link requestsSince}. */
  async endOfLog(): Promise<number> {
    const { next } = await this.get<{ readonly next: number }>(`requests?since=${Number.MAX_SAFE_INTEGER}`);
    return next;
  }

  async requestsSince(end: number): Promise<readonly LoggedRequest[]> {
    const { requests } = await this.get<{ readonly requests: readonly LoggedRequest[] }>(
      `requests?since=${end}`,
    );
    return requests;
  }

  /** Makes every access token issued so far invalid. */
  expireTokens(): Promise<void> {
    return this.post('expire', {});
  }

  /** Ends every session. */
  revokeSessions(): Promise<void> {
    return this.post('revoke', {});
  }

  addFault(fault: FaultOrder): Promise<void> {
    return this.post('faults', fault);
  }

  async clearFaults(): Promise<void> {
    await firstValueFrom(this.http.delete(`${this.base}/faults`, { context: withoutToken() }));
  }

  change(policy: Partial<TokenPolicy>): Promise<void> {
    return this.post('settings', policy);
  }

  /** Back to the seeded users: no sessions, no faults, an empty log. */
  reset(): Promise<void> {
    return this.post('reset', {});
  }

  private get<Answer>(path: string): Promise<Answer> {
    return firstValueFrom(this.http.get<Answer>(`${this.base}/${path}`, { context: withoutToken() }));
  }

  private async post(path: string, body: object): Promise<void> {
    await firstValueFrom(this.http.post(`${this.base}/${path}`, body, { context: withoutToken() }));
  }
}

function withoutToken(): HttpContext {
  return new HttpContext().set(AUTH, 'none');
}
