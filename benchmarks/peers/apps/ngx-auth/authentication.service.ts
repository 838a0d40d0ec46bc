import { HttpClient, type HttpErrorResponse, type HttpRequest } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { AuthService } from 'ngx-auth';
import { type Observable, catchError, map, of, tap, throwError } from 'rxjs';
import { addresses } from '../shared/addresses';

interface AccessData {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly name: string };
}

@Injectable({ providedIn: 'root' })
export class AuthenticationService implements AuthService {
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private interruptedUrl = '/';
  readonly user = signal(localStorage.getItem('user'));

  isAuthorized(): Observable<boolean> {
    return this.getAccessToken().pipe(map(token => token !== null));
  }

  getAccessToken(): Observable<string | null> {
    return of(localStorage.getItem('accessToken'));
  }

  refreshToken(): Observable<AccessData> {
    const refreshToken = localStorage.getItem('refreshToken');
    return this.http.post<AccessData>(`${addresses.server}/auth/refresh`, { refreshToken }).pipe(
      tap(data => this.save(data)),
      catchError((error: unknown) => {
        this.logout();
        return throwError(() => error);
      }),
    );
  }

  refreshShouldHappen(response: HttpErrorResponse): boolean {
    return response.status === 401;
  }

  verifyRefreshToken(request: HttpRequest<unknown>): boolean {
    return request.url.endsWith('/auth/refresh');
  }

  skipRequest(request: HttpRequest<unknown>): boolean {
    return request.url.endsWith('/auth/login');
  }

  getInterruptedUrl(): string {
    return this.interruptedUrl;
  }

  setInterruptedUrl(url: string): void {
    this.interruptedUrl = url;
  }

  login(username: string, password: string): Observable<AccessData> {
    return this.http
      .post<AccessData>(`${addresses.server}/auth/login`, { username, password })
      .pipe(tap(data => this.save(data)));
  }

  logout(): void {
    localStorage.removeItem('accessToken');
    localStorage.removeItem('refreshToken');
    localStorage.removeItem('user');
    this.user.set(null);
    void this.router.navigateByUrl('/login');
  }

  private save({ accessToken, refreshToken, user }: AccessData): void {
    localStorage.setItem('accessToken', accessToken);
    localStorage.setItem('refreshToken', refreshToken);
    localStorage.setItem('user', user.name);
    this.user.set(user.name);
  }
}
