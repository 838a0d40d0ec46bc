import {
  HttpErrorResponse,
  type HttpEvent,
  type HttpHandler,
  type HttpInterceptor,
  type HttpRequest,
} from '@angular/common/http';
import { Injectable, Injector, inject } from '@angular/core';
import { type Observable, catchError, finalize, share, switchMap, throwError } from 'rxjs';
import { AuthService } from './auth.service';

@Injectable()
export class RefreshInterceptor implements HttpInterceptor {
  private readonly injector = inject(Injector);
  private renewal: Observable<unknown> | null = null;

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    return next.handle(request).pipe(
      catchError((error: unknown) => {
        const isRejected = error instanceof HttpErrorResponse && error.status === 401;
        if (!isRejected || request.url.includes('/auth/')) return throwError(() => error);
        return this.renewed().pipe(switchMap(() => next.handle(request)));
      }),
    );
  }

  private renewed(): Observable<unknown> {
    const auth = this.injector.get(AuthService);
    this.renewal ??= auth.refresh().pipe(
      catchError((error: unknown) => {
        auth.logout();
        return throwError(() => error);
      }),
      finalize(() => (this.renewal = null)),
      share(),
    );
    return this.renewal;
  }
}
