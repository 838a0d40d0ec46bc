/** All that an application writes to get this. */
export function setUpWith(provider: string): string {
  return `provideRouter(routes),
provideHttpClient(withInterceptors([authInterceptor])),
provideAuth(${provider}),

// routes
{ path: 'account', canActivate: [authGuard], … },
{ path: 'admin', canMatch: [roleGuard('admin')], … },

// template
<button *lkAuthenticated (click)="auth.logout()">Log out</button>
<a *lkHasRole="'admin'" routerLink="/admin">Admin</a>`;
}
