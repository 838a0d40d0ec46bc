import {
  HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  type HttpHandlerFn,
  type HttpInterceptorFn,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { type AuthError, type UsableToken, type Verdict, authError } from 'ngx-latchkey/core';
import { type Observable, catchError, defer, filter, from, mergeMap, of, switchMap, throwError } from 'rxjs';
import { AUTH_PROVIDER, AUTH_SETUP, AUTH_SETUPS, type AuthSetup } from '../auth-setup';
import { AUTH } from './auth-context';
import { isProven, judge, mayReplay } from './token-rejection';
import { uploadTime } from './upload-time';

type Events = Observable<HttpEvent<unknown>>;
type Answer = HttpErrorResponse | HttpResponse<unknown>;

/**
 * Attaches the token to requests for the provider's APIs and to nothing else. A request waits while the token is being renewed; when an API
 * rejects its token, the token is renewed once for all and the request is sent once more.
 *
 * Put it last, so that interceptors that log or cache do not see the token.
 *
 * @example provideHttpClient(withInterceptors([authInterceptor]))
 */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const mode = request.context.get(AUTH);
  // What loads the configuration of the back end goes without one.
  if (mode === 'none' || inject(AUTH_PROVIDER, { optional: true })?.current === null) return next(request);
  const { inBrowser } = inject(AUTH_SETUP);
  if (request.headers.has('Authorization')) return next(request);
  const withoutToken = (refusal: () => AuthError): Events =>
    mode === 'required' ? throwError(refusal) : next(request);
  // A server knows nobody's session: what has to carry a token is for the browser to send.
  if (!inBrowser) return withoutToken(unauthenticated);
  const setup = [...inject(AUTH_SETUPS)].find(({ covers }) => covers(request.urlWithParams));
  if (setup === undefined) {
    return withoutToken(() => authError('misconfigured', 'origin-not-allowed', request.url));
  }
  const { engine } = setup;
  // A token that runs out on the way is of no use to a large upload.
  const ahead = uploadTime(request.body);
  const token = engine.usable(ahead);
  if (token !== null) return send(request, token, setup, next);
  return defer(() => engine.token(ahead)).pipe(
    switchMap(awaited =>
      awaited === null ? withoutToken(unauthenticated) : send(request, awaited, setup, next),
    ),
  );
};

function send(
  request: HttpRequest<unknown>,
  token: UsableToken,
  setup: AuthSetup,
  next: HttpHandlerFn,
  replayed = false,
): Events {
  const { engine, provider, stepUp } = setup;
  const { api } = provider;
  const { held, sid, generation } = token;

  function again(fresh: UsableToken | null, proven: boolean, within = setup): Events | null {
    if (fresh === null) return null;
    const { method } = request;
    const may = mayReplay(request, proven);
    engine.tell({ type: may ? 'replayed' : 'not-replayable', method });
    if (!may) return null;
    // The caller has seen the first "sent" already and must see one request.
    return send(request, fresh, within, next, true).pipe(filter(event => event.type !== HttpEventType.Sent));
  }

  /** The second attempt, or `null` where the caller gets the answer as it is. */
  async function afterRejection(answer: Answer, verdict: Verdict): Promise<Events | null> {
    if (verdict === 'session-over') {
      await engine.end('refused', sid);
      return null;
    }
    const proven = verdict === 'token-refused' || isProven(answer);
    return again(await engine.rejected({ sid, generation, proven, replayed }), proven);
  }

  const judged = (answer: Answer, asItIs: Events): Events => {
    // An API that wants more of the user has done nothing.
    const parked = mayReplay(request, true) && stepUp?.park(answer, token);
    // The user is asked once for each request.
    const asked = { ...setup, stepUp: undefined };
    if (parked) return parked.pipe(switchMap(fresh => again(fresh, true, asked) ?? asItIs));
    const verdict = judge(api, answer, held);
    if (verdict === 'pass') return asItIs;
    return from(afterRejection(answer, verdict)).pipe(switchMap(second => second ?? asItIs));
  };

  const headers = api.headers?.(held) ?? { Authorization: `Bearer ${api.token?.(held) ?? held.token}` };
  const attached = request.clone({
    setHeaders: { ...headers },
    withCredentials: request.withCredentials || api.withCredentials === true,
    // What a server that rendered this page was told, it was told as nobody.
    transferCache: request.transferCache ?? false,
  });
  return (setup.send?.(attached, token, next) ?? next(attached)).pipe(
    mergeMap(event => (event instanceof HttpResponse ? judged(event, of(event)) : of(event))),
    catchError((error: unknown) => {
      const failure = throwError(() => error);
      return error instanceof HttpErrorResponse ? judged(error, failure) : failure;
    }),
  );
}

function unauthenticated(): AuthError {
  return authError('needs-user', 'unauthenticated');
}
