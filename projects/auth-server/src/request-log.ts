import type { IncomingMessage } from 'node:http';

/** How many requests are remembered. */
export const REMEMBERED_REQUESTS = 2000;

/** One request to a contract or sample API. Tokens and queries are never kept. */
export interface LoggedRequest {
  /** Counts up from 1 since the start of the server. */
  readonly n: number;
  /** Server's time, ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** 0 while there is no answer, and for ever when a fault withheld it. */
  status: number;
  /** Whether an `Authorization: Bearer` or `DPoP` header came along. */
  readonly bearer: boolean;
  /** Whether its token was accepted. */
  authenticated: boolean;
  sub?: string;
  /** Refresh generation: of the accepted token, or of the session a login or refresh answered with. */
  gen?: number;
  /** What became of it, such as `rotated`, `repeated`, `reused`, `invalid_token`. */
  outcome?: string;
  /** Id of the session that was started, refreshed or ended; in the `jwt` contract. */
  session?: string;
  /** What tells the presented refresh token from others, and is good for nothing else; in the `jwt` contract. */
  presented?: string;
  /** The `User-Agent` header of a login, refresh or logout. */
  client?: string;
  fault?: string;
}

export class RequestLog {
  #requests: readonly LoggedRequest[] = [];
  #last = 0;
  readonly #byMessage = new WeakMap<IncomingMessage, LoggedRequest>();

  add(message: IncomingMessage, path: string, now: number): void {
    const request: LoggedRequest = {
      n: ++this.#last,
      at: new Date(now).toISOString(),
      method: message.method ?? '',
      path,
      status: 0,
      bearer: /^(bearer|dpop) /i.test(message.headers.authorization ?? ''),
      authenticated: false,
    };
    this.#requests = [...this.#requests.slice(1 - REMEMBERED_REQUESTS), request];
    this.#byMessage.set(message, request);
  }

  /** Notes more about a request; one that is not logged is passed over. */
  note(message: IncomingMessage, facts: Partial<Omit<LoggedRequest, 'n' | 'at' | 'method' | 'path'>>): void {
    const request = this.#byMessage.get(message);
    if (request !== undefined) Object.assign(request, facts);
  }

  outcomeOf(message: IncomingMessage): string | undefined {
    return this.#byMessage.get(message)?.outcome;
  }

  since(n: number): { readonly next: number; readonly requests: readonly LoggedRequest[] } {
    return { next: this.#last, requests: this.#requests.filter(request => request.n > n) };
  }

  clear(): void {
    this.#requests = [];
  }
}
