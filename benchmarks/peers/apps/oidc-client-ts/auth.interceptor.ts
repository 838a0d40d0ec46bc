import { HttpErrorResponse, type HttpInterceptorFn, type HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { addresses } from '../shared/addresses';
import { AuthService } from './auth.service';

export const authInterceptor: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith(`${addresses.api}/`)) return next(request);
  const { manager } = inject(AuthService);
  return from(manager.getUser()).pipe(
    switchMap(user => next(withToken(request, user?.access_token))),
    catchError((error: unknown) =>
      error instanceof HttpErrorResponse && error.status === 401
        ? from(manager.signinSilent()).pipe(
            switchMap(user => (user ? next(withToken(request, user.access_token)) : throwError(() => error))),
          )
        : throwError(() => error),
    ),
  );
};

function withToken(request: HttpRequest<unknown>, token: string | undefined): HttpRequest<unknown> {
  return token ? request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }) : request;
}
