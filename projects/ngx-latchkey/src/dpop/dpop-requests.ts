import { HttpErrorResponse, HttpEventType, HttpResponse } from '@angular/common/http';
import type { AuthProvider } from 'ngx-latchkey/core';
import { catchError, defer, filter, from, switchMap, tap, throwError } from 'rxjs';
import type { SendWithToken } from '../auth-setup';
import { challengeError, isRepeatable } from '../http/token-rejection';
import type { DpopSession } from './dpop-session';

/**
 * Sends requests of the application with the token and a proof that fits it (RFC 9449, section 7.1). Where the API wants a nonce it has done nothing,
 * so that any request is sent once more, and the caller sees one.
 */
export function dpopRequests({ api }: AuthProvider, { apis, keyOf }: DpopSession): SendWithToken {
  return (request, { held, sid }, next) => {
    const url = request.urlWithParams;
    const token = api.token?.(held) ?? held.token;
    const learn = ({ headers }: HttpResponse<unknown> | HttpErrorResponse): boolean =>
      apis.learn(url, headers.get('DPoP-Nonce'));
    const attempt = (): ReturnType<typeof next> =>
      defer(() => from(keyOf(sid).then(key => apis.prove(key, request.method, url, token)))).pipe(
        switchMap(DPoP => next(request.clone({ setHeaders: { Authorization: `DPoP ${token}`, DPoP } }))),
      );
    return attempt().pipe(
      catchError((error: unknown) => {
        const wanted =
          error instanceof HttpErrorResponse && learn(error) && challengeError(error) === 'use_dpop_nonce';
        if (!wanted || !isRepeatable(request)) return throwError(() => error);
        return attempt().pipe(filter(({ type }) => type !== HttpEventType.Sent));
      }),
      tap({
        next: event => event instanceof HttpResponse && learn(event),
        error: error => error instanceof HttpErrorResponse && learn(error),
      }),
    );
  };
}
