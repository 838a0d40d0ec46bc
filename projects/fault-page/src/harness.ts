import { HttpClient, HttpContext, HttpErrorResponse } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { AUTH, AuthError, AuthService, type SessionEvent } from 'ngx-latchkey';
import { authFetch, injectTokenSource } from 'ngx-latchkey/realtime';
import { firstValueFrom } from 'rxjs';

/** What a test can do in a page and see of it. Whatever fails is answered as its code or status. */
export interface FaultPage {
  phase(): string;
  user(): string | null;
  events(): readonly SessionEvent[];
  login(username: string): Promise<string>;
  logout(): Promise<void>;
  refresh(): Promise<string>;
  /** So many calls at once, and what each came to: the name of the user whose token it carried, a status or a code. */
  call(url: string, times: number): Promise<readonly string[]>;
  /** Posts a stream, which can be read once only, and answers with the status or the code. */
  uploadStream(url: string, by: 'http-client' | 'fetch'): Promise<string>;
  /** Sends so many requests one after the other and counts what the browser did besides. */
  token(): Promise<string | null>;
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

  logout(): Promise<void> {
    return this.auth.logout();
  }

  refresh(): Promise<string> {
    return said(this.auth.refresh().then(() => 'ok'));
  }

  call(url: string, times: number): Promise<readonly string[]> {
    const context = new HttpContext().set(AUTH, 'required');
    const call = (): Promise<string> =>
      said(firstValueFrom(this.http.get(url, { context })).then(answer => JSON.stringify(answer)));
    return Promise.all(Array.from({ length: times }, call));
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
}

function said(work: Promise<string>): Promise<string> {
  return work.catch((error: unknown) => {
    if (error instanceof AuthError) return error.code;
    return error instanceof HttpErrorResponse ? String(error.status) : String(error);
  });
}
