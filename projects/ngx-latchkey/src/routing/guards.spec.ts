import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { authGuard, guestGuard, injectReturnUrl, permissionGuard, roleGuard, withRoutes } from 'ngx-latchkey';
import { AngularWorld } from '../../testing-support/angular-world';

@Component({ template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

@Component({ template: 'to {{ returnUrl }}', changeDetection: ChangeDetectionStrategy.OnPush })
class Login {
  readonly returnUrl = injectReturnUrl();
}

const ROUTES: Routes = [
  { path: '', pathMatch: 'full', component: Page },
  { path: 'home', component: Page },
  { path: 'forbidden', component: Page },
  { path: 'login', canActivate: [guestGuard], component: Login },
  { path: 'account', canActivate: [authGuard], component: Page },
  { path: 'parent', canActivateChild: [authGuard], children: [{ path: 'child', component: Page }] },
  { path: 'lazy', canMatch: [authGuard], children: [{ path: ':id', component: Page }] },
  { path: 'admin', canMatch: [roleGuard('admin')], component: Page },
  { path: 'owners', canActivate: [roleGuard('owner', 'root')], component: Page },
  { path: 'reports', canActivate: [permissionGuard('reports:read')], component: Page },
  { path: 'both', canActivate: [permissionGuard('reports:read', 'reports:write')], component: Page },
];

describe('Guards', () => {
  let world: AngularWorld;

  beforeEach(() => {
    world = new AngularWorld({
      routes: ROUTES,
      features: [withRoutes({ home: '/home', forbidden: '/forbidden' })],
    });
  });

  async function visit(url: string): Promise<string> {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    return TestBed.inject(Router).url;
  }

  describe('for the anonymous', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['/account', '/login?returnUrl=%2Faccount'],
      ['/account?tab=2#top', '/login?returnUrl=%2Faccount%3Ftab%3D2%23top'],
      ['/parent/child', '/login?returnUrl=%2Fparent%2Fchild'],
      ['/lazy/7?x=1', '/login?returnUrl=%2Flazy%2F7%3Fx%3D1'],
      ['/admin', '/login?returnUrl=%2Fadmin'],
      ['/reports', '/login?returnUrl=%2Freports'],
      ['/login', '/login'],
      ['/home', '/home'],
    ];
    for (const [wanted, seen] of cases) {
      it(`${wanted} leads to ${seen}`, async () => {
        expect(await visit(wanted)).toBe(seen);
      });
    }
  });

  describe('for the signed in', () => {
    beforeEach(() => world.signIn());

    const cases: readonly (readonly [string, string])[] = [
      ['/account', '/account'],
      ['/parent/child', '/parent/child'],
      ['/lazy/7', '/lazy/7'],
      ['/admin', '/admin'],
      ['/owners', '/forbidden'],
      ['/reports', '/reports'],
      ['/both', '/forbidden'],
      ['/login', '/home'],
      ['/login?returnUrl=%2Faccount', '/account'],
      ['/login?returnUrl=https:%2F%2Fevil.test', '/home'],
      ['/login?returnUrl=%2Flogin', '/home'],
    ];
    for (const [wanted, seen] of cases) {
      it(`${wanted} leads to ${seen}`, async () => {
        expect(await visit(wanted)).toBe(seen);
      });
    }
  });

  it('give the login page the way back', async () => {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/account?tab=2');
    expect(harness.routeNativeElement?.textContent).toBe('to /account?tab=2');
  });

  it('give the login page the home route when somebody tampered with the way back', async () => {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/login?returnUrl=%2F%2Fevil.test');
    expect(harness.routeNativeElement?.textContent).toBe('to /home');
  });

  it('wait for the session to be restored', async () => {
    expect(world.auth.status()).toBe('unknown');
    expect(await visit('/account')).toBe('/login?returnUrl=%2Faccount');
    expect(world.auth.status()).toBe('anonymous');
  });
});
