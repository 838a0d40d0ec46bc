import {
  HttpErrorResponse,
  type HttpEvent,
  type HttpHandler,
  type HttpInterceptor,
  type HttpRequest,
} from '@angular/common/http';
import { Injectable, Injector, inject } from '@angular/core';
import {
  BehaviorSubject,
  type Observable,
  catchError,
  filter,
  finalize,
  switchMap,
  take,
  throwError,
} from 'rxjs';
import { AuthService } from './auth.service';

@Injectable()
export class RefreshInterceptor implements HttpInterceptor {
  private readonly injector = inject(Injector);
  private refreshing = false;
  private readonly renewed = new BehaviorSubject<string | null>(null);

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    return next.handle(request).pipe(
      catchError((error: unknown) => {
        const isOurs = error instanceof HttpErrorResponse && error.status === 401;
        return isOurs && !request.url.includes('/auth/')
          ? this.renewAndReplay(request, next)
          : throwError(() => error);
      }),
    );
  }

  private renewAndReplay(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    if (this.refreshing) {
      return this.renewed.pipe(
        filter(token => token !== null),
        take(1),
        switchMap(() => next.handle(request)),
      );
    }
    this.refreshing = true;
    this.renewed.next(null);
    const auth = this.injector.get(AuthService);
    return auth.refresh().pipe(
      switchMap(({ accessToken }) => {
        this.renewed.next(accessToken);
        return next.handle(request);
      }),
      catchError((error: unknown) => {
        auth.logout();
        return throwError(() => error);
      }),
      finalize(() => (this.refreshing = false)),
    );
  }
}
