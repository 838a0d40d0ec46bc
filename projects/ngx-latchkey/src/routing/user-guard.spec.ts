import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { userGuard, withRoutes } from 'ngx-latchkey';
import { AngularWorld } from '../../testing-support/angular-world';

@Component({ template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const verified = userGuard(({ profile }) => profile['verified'] === true, {
  otherwise: '/verify?from=orders',
});
const named = userGuard(({ name }) => name === 'Ada');

describe('userGuard', () => {
  let world: AngularWorld;

  beforeEach(() => {
    world = new AngularWorld({
      routes: [
        { path: '', pathMatch: 'full', component: Page },
        { path: 'login', component: Page },
        { path: 'forbidden', component: Page },
        { path: 'verify', canActivate: [verified], component: Page },
        { path: 'orders', canActivate: [verified], component: Page },
        { path: 'lazy', canMatch: [verified], children: [{ path: ':id', component: Page }] },
        { path: 'named', canActivate: [named], component: Page },
      ],
      features: [withRoutes({ forbidden: '/forbidden' })],
    });
  });

  async function visit(url: string): Promise<string> {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    return TestBed.inject(Router).url;
  }

  const cases: readonly (readonly [user: object | null, wanted: string, seen: string])[] = [
    [null, '/orders', '/login?returnUrl=%2Forders'],
    [null, '/lazy/7', '/login?returnUrl=%2Flazy%2F7'],
    [{ verified: true }, '/orders', '/orders'],
    [{ verified: true }, '/lazy/7', '/lazy/7'],
    [{ verified: false }, '/orders', '/verify?from=orders'],
    [{ verified: false }, '/lazy/7', '/verify?from=orders'],
    [{ verified: false }, '/verify', '/verify'],
    [{ name: 'Ada' }, '/named', '/named'],
    [{ name: 'Eve' }, '/named', '/forbidden'],
  ];
  for (const [user, wanted, seen] of cases) {
    it(`leads ${user === null ? 'the anonymous' : JSON.stringify(user)} from ${wanted} to ${seen}`, async () => {
      if (user !== null) await world.signIn({ user: { id: '7', ...user } });
      expect(await visit(wanted)).toBe(seen);
    });
  }
});
