import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { AuthError, AuthService } from 'ngx-latchkey';
import { firstValueFrom } from 'rxjs';
import { DEMO_SETTINGS } from '../demo-settings';
import { AuthServerAdmin } from '../server/auth-server-admin';
import { failureWords } from '../session/auth-error-words';
import type { FaultScenario, FaultStep } from './fault-scenarios';

/** What became of the last scenario. */
export interface ScenarioOutcome {
  readonly title: string;
  readonly sentence: string;
  readonly worked: boolean;
}

/** Carries scenarios out, one after the other. */
@Injectable()
export class ScenarioRunner {
  private readonly http = inject(HttpClient);
  private readonly auth = inject(AuthService);
  private readonly admin = inject(AuthServerAdmin);
  private readonly url = `${inject(DEMO_SETTINGS).server}/api/profile`;
  /** The name of the scenario that runs. */
  readonly running = signal<string | null>(null);
  readonly outcome = signal<ScenarioOutcome | null>(null);

  async run({ name, title, steps }: FaultScenario): Promise<void> {
    this.running.set(name);
    try {
      let sentence = 'Done.';
      for (const step of steps) sentence = await this.carryOut(step);
      this.outcome.set({ title, sentence, worked: true });
    } catch (error) {
      this.outcome.set({ title, sentence: sentenceFor(error), worked: false });
    } finally {
      this.running.set(null);
    }
  }

  /** Carries one step out and says what came of it. */
  private async carryOut(step: FaultStep): Promise<string> {
    switch (step.do) {
      case 'fault':
        await this.admin.addFault(step.fault);
        return 'The fault waits at the server.';
      case 'settings':
        await this.admin.change(step.settings);
        return 'The server’s settings are changed.';
      case 'expire':
        await this.admin.expireTokens();
        return 'The server refuses all tokens issued so far.';
      case 'revoke':
        await this.admin.revokeSessions();
        return 'All sessions are over at the server.';
      case 'clear':
        await this.admin.clearFaults();
        return 'No fault waits any more.';
      case 'reset':
        await this.admin.reset();
        return 'The server is as new.';
      case 'refresh':
        if (!this.auth.isAuthenticated()) return 'Nobody is signed in, so nothing was renewed yet.';
        await this.auth.refresh();
        return 'The token was renewed.';
      case 'call':
        await firstValueFrom(this.http.get(this.url));
        return 'The API answered.';
    }
  }
}

function sentenceFor(error: unknown): string {
  if (!(error instanceof AuthError) || error.failure !== 'not-now') return failureWords(error);
  const status = error.status === undefined ? '' : ` (${error.status})`;
  return `It failed with ${error.code}${status}. The session is kept, and the next try comes by itself.`;
}
