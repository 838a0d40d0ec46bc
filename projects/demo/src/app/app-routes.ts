import type { Routes } from '@angular/router';
import { authGuard, guestGuard, permissionGuard, roleGuard } from 'ngx-latchkey';
import { devServerOnly } from './back-ends/dev-server-only';

/** Marks pages that make no sense without a session, see `session-end.ts`. */
const GUARDED = { guarded: true } as const;

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'Latchkey',
    loadComponent: () => import('./home/home-page').then(file => file.HomePage),
  },
  {
    path: 'login',
    title: 'Log in · Latchkey',
    canActivate: [guestGuard],
    loadComponent: () => import('./login/login-page').then(file => file.LoginPage),
  },
  {
    path: 'register',
    title: 'Register · Latchkey',
    canMatch: [devServerOnly],
    canActivate: [guestGuard],
    loadComponent: () => import('./register/register-page').then(file => file.RegisterPage),
  },
  {
    path: 'account',
    title: 'Account · Latchkey',
    data: GUARDED,
    canActivate: [authGuard],
    loadComponent: () => import('./account/account-page').then(file => file.AccountPage),
  },
  {
    path: 'reports',
    title: 'Reports · Latchkey',
    data: GUARDED,
    canMatch: [devServerOnly],
    canActivate: [permissionGuard('reports:read')],
    loadComponent: () => import('./reports/reports-page').then(file => file.ReportsPage),
  },
  {
    path: 'admin',
    title: 'Admin · Latchkey',
    data: GUARDED,
    canMatch: [devServerOnly, roleGuard('admin')],
    loadComponent: () => import('./admin/admin-page').then(file => file.AdminPage),
  },
  {
    path: 'burst',
    title: 'Burst · Latchkey',
    data: GUARDED,
    canMatch: [devServerOnly],
    canActivate: [authGuard],
    loadComponent: () => import('./burst/burst-page').then(file => file.BurstPage),
  },
  {
    path: 'faults',
    title: 'Faults · Latchkey',
    canMatch: [devServerOnly],
    loadComponent: () => import('./faults/faults-page').then(file => file.FaultsPage),
  },
  {
    path: 'back-ends',
    title: 'Back ends · Latchkey',
    loadComponent: () => import('./back-ends/back-ends-page').then(file => file.BackEndsPage),
  },
  // What those pages say while the demo is switched to another back end.
  ...['register', 'reports', 'admin', 'burst', 'faults'].map(path => ({
    path,
    title: 'For the dev auth server only · Latchkey',
    canMatch: [() => !devServerOnly()],
    loadComponent: () => import('./back-ends/dev-server-page').then(file => file.DevServerPage),
  })),
  {
    path: 'forbidden',
    title: 'Not for this account · Latchkey',
    loadComponent: () => import('./forbidden/forbidden-page').then(file => file.ForbiddenPage),
  },
  {
    path: '**',
    title: 'Not found · Latchkey',
    loadComponent: () => import('./not-found/not-found-page').then(file => file.NotFoundPage),
  },
];
