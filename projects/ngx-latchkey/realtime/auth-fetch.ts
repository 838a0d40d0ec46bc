import { type ApiTokenSource, headersOf } from './api-token-source';
import { type AllowedOrigins, allowedUrls } from './allowed-url';
import { verdictOf } from './verdict';

/** Options of {@link authFetch}. */
export interface AuthFetchOptions extends AllowedOrigins {
  /** What sends. Default `fetch`. */
  readonly fetch?: typeof fetch;
}

/**
 * A `fetch` that brings the token to the provider's APIs, or to `origins`, and is the plain one anywhere else, for requests with an
 * `Authorization` of their own, and while nobody is signed in.
 *
 * An API that rejects the token is asked once more with another: always, if it says so by `WWW-Authenticate: Bearer error="invalid_token"`;
 * else not a `POST` or `PATCH`, and never with a stream as body: then the caller has the answer, the event `not-replayable` is told, and the next
 * request has the new token. A redirect of a request to another origin fails, and so does one with
 * headers that a browser would carry along.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`, `invalid-wildcard`; its requests reject with `temporarily-unavailable`, `session-ended`
 *
 * @example
 * new HttpLink({ uri: '/graphql', fetch: authFetch(injectTokenSource()) })
 */
export function authFetch(tokens: ApiTokenSource, options: AuthFetchOptions = {}): typeof fetch {
  const covers = allowedUrls(tokens, options);
  return async (input, init = {}) => {
    const send = options.fetch ?? fetch;
    const request = typeof input === 'string' || input instanceof URL ? null : input;
    const url = request?.url ?? (input as string | URL).toString();
    const own = new Headers(init.headers ?? request?.headers);
    if (!covers(url) || own.has('Authorization')) return send(input, init);
    const token = await unlessAborted(tokens.token(), init.signal ?? request?.signal);
    if (token === null) return send(input, init);

    const sendWith = (carried: string): Promise<Response> => {
      const headers = new Headers(own);
      const added = headersOf(tokens, carried);
      for (const [name, value] of Object.entries(added)) headers.set(name, value);
      const redirect = init.redirect ?? request?.redirect ?? 'follow';
      const strict = redirect === 'follow' && (isElsewhere(url) || !isStripped(added));
      return send(request?.clone() ?? input, {
        ...init,
        headers,
        ...(strict && { redirect: 'error' }),
        ...(tokens.withCredentials && { credentials: 'include' }),
      });
    };

    const answer = await sendWith(token);
    const verdict = await verdictOf(tokens, answer, token);
    if (verdict === 'pass') return answer;
    const other = await tokens.rejected?.(token, verdict, false);
    const method = (init.method ?? request?.method ?? 'GET').toUpperCase();
    const harmless = verdict === 'token-refused' || !['POST', 'PATCH'].includes(method);
    if (other == null) return answer;
    const may = harmless && !(init.body instanceof ReadableStream);
    tokens.told?.(may ? 'replayed' : 'not-replayable', method);
    if (!may) return answer;
    void answer.body?.cancel();
    const second = await sendWith(other);
    const again = await verdictOf(tokens, second, other);
    if (again !== 'pass') await tokens.rejected?.(other, again, true);
    return second;
  };
}

function isElsewhere(url: string): boolean {
  return typeof location === 'undefined' || new URL(url, document.baseURI).origin !== location.origin;
}

/** Whether a browser takes the headers off when it follows a redirect to another origin. */
function isStripped(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).every(name => name.toLowerCase() === 'authorization');
}

/** The wait for a token ends with the request. */
async function unlessAborted<Value>(work: Promise<Value>, signal?: AbortSignal | null): Promise<Value> {
  if (!signal) return work;
  signal.throwIfAborted();
  const done = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    // As fetch itself rejects: with whatever the caller gave as the reason.
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { signal: done.signal });
  });
  return Promise.race([work, aborted]).finally(() => done.abort());
}
