import type { Verdict } from 'ngx-latchkey/core';

/** Tokens that change when a spec says so. */
export class TokenSourceDouble {
  current: string | null = 'ada-1';
  /** What `token()` rejects with, for as long as there is something. */
  trouble: Error | undefined;
  /** What comes in place of a rejected token. */
  successor: string | null = null;
  readonly rejections: (readonly [string, Verdict, boolean])[] = [];
  readonly outcomes: (readonly [string, string])[] = [];
  private readonly watchers = new Set<(token: string | null) => void>();

  readonly covers = (url: string): boolean => url.startsWith('https://api.test/');

  async token(): Promise<string | null> {
    if (this.trouble) throw this.trouble;
    return this.current;
  }

  watch(changed: (token: string | null) => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  get watched(): boolean {
    return this.watchers.size > 0;
  }

  async rejected(token: string, verdict: Verdict, replayed: boolean): Promise<string | null> {
    this.rejections.push([token, verdict, replayed]);
    if (this.successor !== null && !replayed) this.become(this.successor);
    return replayed ? null : this.successor;
  }

  told(outcome: string, method: string): void {
    this.outcomes.push([outcome, method]);
  }

  become(token: string | null): void {
    this.current = token;
    for (const changed of this.watchers) changed(token);
  }
}
