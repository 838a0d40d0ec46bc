import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { DEMO_SETTINGS } from '../demo-settings';
import type { LoggedRequest } from '../server/auth-server';
import { AuthServerAdmin } from '../server/auth-server-admin';
import { SessionBreaker } from '../server/session-breaker';
import { failureWords } from '../session/auth-error-words';

export const BURST_SIZE = 20;

/** How one call of the burst is doing. */
export type TileState = 'idle' | 'sent' | 'ok' | 'failed';

/** What the server counted during a burst. */
export interface BurstCount {
  /** Answers to calls whose token was accepted. */
  readonly authorized: number;
  /** Calls whose token was refused. */
  readonly rejected: number;
  readonly refreshes: number;
  /** Milliseconds from the first call to the last answer, measured by the page. */
  readonly took: number;
}

const IDLE: readonly TileState[] = Array.from({ length: BURST_SIZE }, () => 'idle');

/** Fires twenty calls at once with a token that the server no longer accepts, and asks the server what it saw. */
@Injectable()
export class Burst {
  private readonly http = inject(HttpClient);
  private readonly admin = inject(AuthServerAdmin);
  private readonly breaker = inject(SessionBreaker);
  private readonly url = `${inject(DEMO_SETTINGS).server}/api/profile`;
  readonly tiles = signal(IDLE);
  readonly running = signal(false);
  readonly count = signal<BurstCount | null>(null);
  readonly error = signal<string | null>(null);

  async run(): Promise<void> {
    this.running.set(true);
    this.count.set(null);
    this.error.set(null);
    this.tiles.set(IDLE);
    try {
      await this.breaker.expireTokens();
      const end = await this.admin.endOfLog();
      const begun = performance.now();
      await Promise.all(IDLE.map((_, index) => this.call(index)));
      const took = Math.round(performance.now() - begun);
      this.count.set({ ...countOf(await this.admin.requestsSince(end)), took });
    } catch (error) {
      this.error.set(failureWords(error));
    } finally {
      this.running.set(false);
    }
  }

  private async call(index: number): Promise<void> {
    this.mark(index, 'sent');
    try {
      await firstValueFrom(this.http.get(this.url, { params: { call: index + 1 } }));
      this.mark(index, 'ok');
    } catch (error) {
      this.mark(index, 'failed');
      this.error.set(failureWords(error));
    }
  }

  private mark(index: number, state: TileState): void {
    this.tiles.update(tiles => tiles.map((old, at) => (at === index ? state : old)));
  }
}

function countOf(requests: readonly LoggedRequest[]): Omit<BurstCount, 'took'> {
  const calls = requests.filter(({ path, method }) => path === '/api/profile' && method === 'GET');
  return {
    authorized: calls.filter(({ authenticated, status }) => authenticated && status === 200).length,
    rejected: calls.filter(({ status }) => status === 401).length,
    refreshes: requests.filter(({ path, method }) => path.endsWith('/auth/refresh') && method === 'POST')
      .length,
  };
}
