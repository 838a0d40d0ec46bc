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
import { type Observable, catchError, defer, filter, from, mergeMap, of, switchMap, throwError } from 'rxjs';
import { AUTH_SETUP, type AuthSetup } from '../auth-setup';
import { AUTH } from './auth-context';
import { isProven, judge, mayReplay } from './token-rejection';

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
  const setup = inject(AUTH_SETUP);
  const mode = request.context.get(AUTH);
  if (mode === 'none' || !setup.inBrowser || request.headers.has('Authorization')) return next(request);
  if (!setup.covers(request.urlWithParams)) {
    return mode === 'required' ? refuseOrigin(request) : next(request);
  }
  const token = setup.engine.usable();
  if (token !== null) return send(request, token, setup, next);
  return defer(() => from(setup.engine.token())).pipe(
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
): Events {
  return next(withToken(request, token, setup)).pipe(
    mergeMap(event =>
      event instanceof HttpResponse && setup.provider.api.judge !== undefined
        ? afterVerdict(event, of(event), request, token, setup, next)
        : of(event),
    ),
    catchError((error: unknown) => {
      const failure = throwError(() => error);
      return error instanceof HttpErrorResponse
        ? afterVerdict(error, failure, request, token, setup, next)
        : failure;
    }),
  );
}

function afterVerdict(
  answer: HttpErrorResponse | HttpResponse<unknown>,
  asItIs: Events,
  request: HttpRequest<unknown>,
  { sid, generation }: UsableToken,
  setup: AuthSetup,
  next: HttpHandlerFn,
): Events {
  const { engine, provider } = setup;
  const verdict = judge(provider.api, answer);
  if (verdict === 'pass') return asItIs;
  if (verdict === 'session-over') {
    return from(engine.end('refused', sid)).pipe(switchMap(() => asItIs));
  }
  const proven = isProven(answer);
  return from(engine.rejected({ sid, generation, proven })).pipe(
    switchMap(fresh => {
      if (fresh === null || !mayReplay(request, proven)) return asItIs;
      engine.tell({ type: 'replayed', method: request.method });
      // The caller has seen the first "sent" already and must see one request.
      return next(withToken(request, fresh, setup)).pipe(filter(event => event.type !== HttpEventType.Sent));
    }),
  );
}

function withToken(
  request: HttpRequest<unknown>,
  { held }: UsableToken,
  { provider: { api } }: AuthSetup,
): HttpRequest<unknown> {
  const [name, value] = api.header?.(held) ?? ['Authorization', `Bearer ${held.token}`];
  return request.clone({
    headers: request.headers.set(name, value),
    withCredentials: request.withCredentials || api.withCredentials === true,
  });
}

function refuseOrigin({ url }: HttpRequest<unknown>): Events {
  return throwError(() => authError('misconfigured', 'origin-not-allowed', url));
}

function refuseAnonymous(): Events {
  return throwError(() => authError('needs-user', 'unauthenticated'));
}
