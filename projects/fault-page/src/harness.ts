import { HttpClient, HttpContext, HttpErrorResponse } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { AUTH, AuthError, AuthService, type SessionEvent } from 'ngx-latchkey';
import { firstValueFrom } from 'rxjs';

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
  /** Sends so many requests one after the other and counts what the browser did besides. */
  token(): Promise<string | null>;
}

@Injectable({ providedIn: 'root' })
export class Harness implements FaultPage {
  private readonly auth = inject(AuthService);
  private readonly http = inject(HttpClient);
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
    const context = new HttpContext().set(AUTH, 'required');
    const call = (): Promise<string> =>
      said(firstValueFrom(this.http.get(url, { context })).then(answer => JSON.stringify(answer)));
    return Promise.all(Array.from({ length: times }, call));
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
