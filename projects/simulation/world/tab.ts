import type { LiveRecord, SessionEngine, SessionEvent, SessionState, UsableToken } from 'ngx-latchkey/core';
import type { Page } from './page';

/** Something that was asked of the engine and has not been answered yet. */
export interface Question {
  readonly what: 'token' | 'refresh' | 'rejection' | 'sign-out' | 'sign-in';
  /** By the running time of the page. */
  readonly since: number;
}

/** What a tab tells of itself. */
export interface TabObserver {
  heard(tab: Tab, event: SessionEvent | null, state: SessionState): void;
  /** A request asked for a token while the page showed this session, and this is what it got. */
  answered(tab: Tab, shown: LiveRecord | null, token: UsableToken | null): void;
  failed(tab: Tab, error: unknown): void;
  /** A request to this URL carried a token. */
  carried(url: string): void;
  /** A rejected request was told to send again with this token. */
  replaced(tab: Tab, rejected: UsableToken, replayed: boolean, fresh: UsableToken | null): void;
}

/** Carries a request to the API and back; `true` when the API takes the token. */
export type ApiCall = (page: Page, token: string) => Promise<boolean>;

/** One tab of the application, with the engine in it and the requests that its components make. */
export class Tab {
  readonly questions = new Set<Question>();
  /** The session that the tab showed last. */
  last: LiveRecord | null = null;
  /** The session that it shows. */
  shown: LiveRecord | null = null;
  /** Sessions that have ended in this tab. */
  readonly ended = new Set<string>();
  /** When somebody wanted something of it last, by the running time of the page. */
  wantedAt = 0;
  /** When the tab was woken last, by the true time. */
  wokenAt = -Infinity;
  /** Milliseconds that its page had run by then. */
  ranWhenWoken = 0;
  readonly page: Page;
  readonly engine: SessionEngine;
  readonly woken: () => void;
  readonly left: () => void;
  private readonly observer: TabObserver;
  private readonly api: ApiCall;

  constructor(
    page: Page,
    engine: SessionEngine,
    attention: { readonly woken: () => void; readonly left: () => void },
    observer: TabObserver,
    api: ApiCall,
  ) {
    this.page = page;
    this.engine = engine;
    this.woken = attention.woken;
    this.left = attention.left;
    this.observer = observer;
    this.api = api;
    engine.listen((event, state) => {
      observer.heard(this, event, state);
      this.last = state.record ?? this.last;
      this.shown = state.record;
    });
  }

  isAsking(what: Question['what']): boolean {
    for (const question of this.questions) if (question.what === what) return true;
    return false;
  }

  signIn(username: string): void {
    this.ask('sign-in', () => this.engine.signIn({ username, password: 'secret' }));
  }

  signOut(): void {
    this.ask('sign-out', () => this.engine.end('user'));
  }

  refresh(): void {
    this.ask('refresh', () => this.engine.refresh());
  }

  /** What the interceptor does with a request: token, call, and once more if the API rejects it. */
  request(ahead: number): void {
    const { record: shown } = this.engine.state();
    this.ask(
      'token',
      () => this.engine.token(ahead),
      token => {
        this.observer.answered(this, shown, token);
        if (token !== null) void this.call(token, false);
      },
    );
  }

  /** What the interceptor does with a URL that the application asks for: the token goes to the API and nowhere else. */
  visit(url: string, covered: boolean): void {
    const token = this.engine.usable();
    if (token !== null && covered) this.observer.carried(url);
  }

  reject(token: UsableToken, proven: boolean, replayed = false): void {
    const { sid, generation } = token;
    this.ask(
      'rejection',
      () => this.engine.rejected({ sid, generation, proven, replayed }),
      fresh => {
        this.observer.replaced(this, token, replayed, fresh);
        if (fresh !== null) void this.call(fresh, true);
      },
    );
  }

  private async call(token: UsableToken, replayed: boolean): Promise<void> {
    const taken = await this.api(this.page, token.held.token);
    if (!taken) this.reject(token, true, replayed);
  }

  private ask<Answer>(
    what: Question['what'],
    question: () => Promise<Answer>,
    then: (answer: Answer) => void = () => undefined,
  ): void {
    const asked: Question = { what, since: this.page.ran };
    this.questions.add(asked);
    this.wantedAt = asked.since;
    question()
      .then(then, (error: unknown) => this.observer.failed(this, error))
      .finally(() => {
        this.questions.delete(asked);
        this.wantedAt = this.page.ran;
      });
  }
}
