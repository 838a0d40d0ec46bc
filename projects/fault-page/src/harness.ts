import { HttpClient, HttpContext, HttpErrorResponse } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { AUTH, AuthError, AuthService, type SessionEvent } from 'ngx-latchkey';
import { authFetch, injectTokenSource } from 'ngx-latchkey/realtime';
import { type Observable, firstValueFrom, map } from 'rxjs';

/** What a test can do in a page and see of it. Whatever fails is answered as its code or status. */
export interface FaultPage {
  phase(): string;
  user(): string | null;
  events(): readonly SessionEvent[];
  login(username: string): Promise<string>;
  /** The code of the error that a sign-in elsewhere came to. */
  signInError(): string | null;
  logout(): Promise<void>;
  refresh(): Promise<string>;
  /** So many calls at once, and what each came to: the name of the user whose token it carried, a status or a code. */
  call(url: string, times: number): Promise<readonly string[]>;
  /** The same, but so many of them are cancelled after so many milliseconds; what became of the others. */
  callAndCancel(url: string, times: number, cancelled: number, after: number): Promise<readonly string[]>;
  /** Posts a stream, which can be read once only, and answers with the status or the code. */
  uploadStream(url: string, by: 'http-client' | 'fetch'): Promise<string>;
  token(): Promise<string | null>;
  /** From now on a listener of the application throws at every event. */
  listenBadly(): void;
  /** From now on a listener asks for a token, renews and logs out whenever a renewal is told. */
  listenBusily(): void;
}

@Injectable({ providedIn: 'root' })
export class Harness implements FaultPage {
  private readonly auth = inject(AuthService);
  private readonly http = inject(HttpClient);
  private readonly fetch = authFetch(injectTokenSource());
  private readonly heard: SessionEvent[] = [];

  constructor() {
    this.auth.events$.subscribe(event => this.heard.push(event));
  }

  phase(): string {
    return this.auth.phase();
  }

  user(): string | null {
    return this.auth.user()?.id ?? null;
  }

  events(): readonly SessionEvent[] {
    return this.heard;
  }

  login(username: string): Promise<string> {
    return said(this.auth.login({ username, password: `latchkey-${username}` }).then(() => 'ok'));
  }

  signInError(): string | null {
    return this.auth.signInError()?.code ?? null;
  }

  logout(): Promise<void> {
    return this.auth.logout();
  }

  refresh(): Promise<string> {
    return said(this.auth.refresh().then(() => 'ok'));
  }

  call(url: string, times: number): Promise<readonly string[]> {
    return Promise.all(Array.from({ length: times }, () => said(firstValueFrom(this.request(url)))));
  }

  callAndCancel(url: string, times: number, cancelled: number, after: number): Promise<readonly string[]> {
    for (let count = 0; count < cancelled; count += 1) {
      const given = this.request(url).subscribe();
      setTimeout(() => {
        given.unsubscribe();
      }, after);
    }
    return this.call(url, times - cancelled);
  }

  uploadStream(url: string, by: 'http-client' | 'fetch'): Promise<string> {
    const body = new Blob(['a note']).stream();
    const init = { method: 'POST', body, duplex: 'half' };
    const sent = by === 'fetch' ? this.fetch(url, init) : firstValueFrom(this.http.post(url, body));
    return said(sent.then(answer => (answer instanceof Response ? String(answer.status) : 'ok')));
  }

  token(): Promise<string | null> {
    return this.auth.getToken();
  }

  listenBadly(): void {
    this.auth.events$.subscribe(() => {
      throw new Error('A bug of the application.');
    });
  }

  listenBusily(): void {
    this.auth.events$.subscribe(({ type }) => {
      if (type !== 'refreshed') return;
      void said(this.auth.getToken().then(String));
      void said(this.auth.refresh().then(String));
      void this.auth.logout();
    });
  }

  private request(url: string): Observable<string> {
    const context = new HttpContext().set(AUTH, 'required');
    return this.http.get(url, { context }).pipe(map(answer => JSON.stringify(answer)));
  }
}

function said(work: Promise<string>): Promise<string> {
  return work.catch((error: unknown) => {
    if (error instanceof AuthError) return error.code;
    return error instanceof HttpErrorResponse ? String(error.status) : String(error);
  });
}
