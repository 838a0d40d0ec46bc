import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { type Observable, tap } from 'rxjs';
import { addresses } from '../shared/addresses';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly name: string };
}

@Injectable({ providedIn: 'root' })
export class AuthService {
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  readonly user = signal(localStorage.getItem('user'));

  login(username: string, password: string): Observable<Tokens> {
    return this.http
      .post<Tokens>(`${addresses.server}/auth/login`, { username, password })
      .pipe(tap(tokens => this.save(tokens)));
  }

  refresh(): Observable<Tokens> {
    const refreshToken = localStorage.getItem('refresh_token');
    return this.http
      .post<Tokens>(`${addresses.server}/auth/refresh`, { refreshToken })
      .pipe(tap(tokens => this.save(tokens)));
  }

  logout(): void {
    localStorage.removeItem('access_token');
    localStorage.removeItem('refresh_token');
    localStorage.removeItem('user');
    this.user.set(null);
    void this.router.navigateByUrl('/login');
  }

  private save({ accessToken, refreshToken, user }: Tokens): void {
    localStorage.setItem('access_token', accessToken);
    localStorage.setItem('refresh_token', refreshToken);
    localStorage.setItem('user', user.name);
    this.user.set(user.name);
  }
}

export const signedInGuard: CanActivateFn = () =>
  localStorage.getItem('refresh_token') !== null || inject(Router).parseUrl('/login');
