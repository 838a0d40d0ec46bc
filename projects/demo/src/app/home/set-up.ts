/** All that an application writes to get this. */
export const SET_UP = `provideRouter(routes),
provideHttpClient(withInterceptors([authInterceptor])),
provideAuth(jwtServer({ url: 'http://localhost:3333' })),

// routes
{ path: 'account', canActivate: [authGuard], … },
{ path: 'admin', canMatch: [roleGuard('admin')], … },

// template
<button *lkAuthenticated (click)="auth.logout()">Log out</button>
<a *lkHasRole="'admin'" routerLink="/admin">Admin</a>`;
