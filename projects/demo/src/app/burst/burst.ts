import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { DEMO_SETTINGS } from '../demo-settings';
import type { LoggedRequest } from '../server/auth-server';
import { AuthServerAdmin } from '../server/auth-server-admin';
import { failureWords } from '../session/auth-error-words';

const USUAL_SIZE = 20;
const LARGEST_SIZE = 500;

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

/** Fires calls at once, twenty or as many as `?count=` says, with a token that the server no longer accepts, and asks the server what it saw. */
@Injectable()
export class Burst {
  private readonly http = inject(HttpClient);
  private readonly admin = inject(AuthServerAdmin);
  private readonly url = `${inject(DEMO_SETTINGS).server}/api/profile`;
  readonly size = sizeIn(inject(ActivatedRoute).snapshot.queryParamMap.get('count'));
  private readonly idle: readonly TileState[] = Array.from({ length: this.size }, () => 'idle');
  readonly tiles = signal(this.idle);
  readonly running = signal(false);
  readonly count = signal<BurstCount | null>(null);
  readonly error = signal<string | null>(null);

  async run(): Promise<void> {
    this.running.set(true);
    this.count.set(null);
    this.error.set(null);
    this.tiles.set(this.idle);
    try {
      await this.admin.expireTokens();
      const end = await this.admin.endOfLog();
      const begun = performance.now();
      await Promise.all(this.idle.map((_, index) => this.call(index)));
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

function sizeIn(count: string | null): number {
  const size = Number(count ?? USUAL_SIZE);
  return Number.isInteger(size) && size > 0 && size <= LARGEST_SIZE ? size : USUAL_SIZE;
}
