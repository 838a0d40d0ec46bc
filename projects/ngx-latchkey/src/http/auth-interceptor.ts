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
import { type UsableToken, authError } from 'ngx-latchkey/core';
import {
  type Observable,
  catchError,
  defer,
  filter,
  from,
  map,
  mergeMap,
  of,
  switchMap,
  throwError,
} from 'rxjs';
import { AUTH_PROVIDER, AUTH_SETUP, AUTH_SETUPS, type AuthSetup } from '../auth-setup';
import { AUTH } from './auth-context';
import { isProven, judge, mayReplay } from './token-rejection';
import { uploadTime } from './upload-time';

type Events = Observable<HttpEvent<unknown>>;

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
  // A server knows nobody's session: what has to carry a token is for the browser to send.
  if (!inBrowser) return mode === 'required' ? refuseAnonymous() : next(request);
  const setup = [...inject(AUTH_SETUPS)].find(({ covers }) => covers(request.urlWithParams));
  if (setup === undefined) return mode === 'required' ? refuseOrigin(request) : next(request);
  // A token that runs out on the way is of no use to a large upload.
  const ahead = uploadTime(request.body);
  const token = setup.engine.usable(ahead);
  if (token !== null) return send(request, token, setup, next);
  return defer(() => from(setup.engine.token(ahead))).pipe(
    switchMap(awaited => {
      if (awaited !== null) return send(request, awaited, setup, next);
      return mode === 'required' ? refuseAnonymous() : next(request);
    }),
  );
};

function send(
  request: HttpRequest<unknown>,
  token: UsableToken,
  setup: AuthSetup,
  next: HttpHandlerFn,
  replayed = false,
): Events {
  const judged = (answer: HttpErrorResponse | HttpResponse<unknown>, asItIs: Events): Events =>
    afterVerdict(answer, { request, token, setup, next, replayed }).pipe(switchMap(again => again ?? asItIs));
  return next(withToken(request, token, setup)).pipe(
    mergeMap(event =>
      event instanceof HttpResponse && setup.provider.api.judge !== undefined
        ? judged(event, of(event))
        : of(event),
    ),
    catchError((error: unknown) => {
      const failure = throwError(() => error);
      return error instanceof HttpErrorResponse ? judged(error, failure) : failure;
    }),
  );
}

interface Attempt {
  readonly request: HttpRequest<unknown>;
  readonly token: UsableToken;
  readonly setup: AuthSetup;
  readonly next: HttpHandlerFn;
  readonly replayed: boolean;
}

/** The second attempt, or `null` where the caller gets the answer as it is. */
function afterVerdict(
  answer: HttpErrorResponse | HttpResponse<unknown>,
  { request, token: { sid, generation, held }, setup, next, replayed }: Attempt,
): Observable<Events | null> {
  const { engine, provider } = setup;
  const verdict = judge(provider.api, answer, held);
  if (verdict === 'pass') return of(null);
  if (verdict === 'session-over') return from(engine.end('refused', sid)).pipe(map(() => null));
  const proven = verdict === 'token-refused' || isProven(answer);
  return from(engine.rejected({ sid, generation, proven, replayed })).pipe(
    map(fresh => {
      if (fresh === null || !mayReplay(request, proven)) return null;
      engine.tell({ type: 'replayed', method: request.method });
      // The caller has seen the first "sent" already and must see one request.
      const unseen = filter((event: HttpEvent<unknown>) => event.type !== HttpEventType.Sent);
      return send(request, fresh, setup, next, true).pipe(unseen);
    }),
  );
}

function withToken(
  request: HttpRequest<unknown>,
  { held }: UsableToken,
  { provider: { api } }: AuthSetup,
): HttpRequest<unknown> {
  return request.clone({
    setHeaders: {
      ...(api.headers?.(held) ?? { Authorization: `Bearer ${api.token?.(held) ?? held.token}` }),
    },
    withCredentials: request.withCredentials || api.withCredentials === true,
    // What a server that rendered this page was told, it was told as nobody.
    transferCache: request.transferCache ?? false,
  });
}

function refuseOrigin({ url }: HttpRequest<unknown>): Events {
  return throwError(() => authError('misconfigured', 'origin-not-allowed', url));
}

function refuseAnonymous(): Events {
  return throwError(() => authError('needs-user', 'unauthenticated'));
}
