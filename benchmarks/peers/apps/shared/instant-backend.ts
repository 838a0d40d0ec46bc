import {
  type HttpBackend,
  type HttpEvent,
  type HttpRequest,
  HttpResponse,
  HttpXhrBackend,
} from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { type Observable, of } from 'rxjs';
import { addresses } from './addresses';

/** The API that costs nothing. */
export const INSTANT = `${addresses.api}/instant`;

/** Angular's own backend, and one address that it answers itself, so that what a call costs apart from the network can be measured. */
@Injectable()
export class InstantBackend implements HttpBackend {
  private readonly network = inject(HttpXhrBackend);
  /** Instant calls that carried a token. */
  authorized = 0;

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    if (request.url !== INSTANT) return this.network.handle(request);
    if (request.headers.has('Authorization')) this.authorized += 1;
    return of(new HttpResponse({ status: 200, url: request.url, body: {} }));
  }
}
