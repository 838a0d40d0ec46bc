import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, type Routes } from '@angular/router';
import { authGuard, guestGuard, stepUpGuard, withRoutes } from 'ngx-latchkey';
import { authError } from 'ngx-latchkey/core';
import { AngularWorld } from '../../testing-support/angular-world';
import { SignInElsewhere, grantOf, tokenWith } from '../../testing-support/sign-in-elsewhere';
import { AUTH_SETUP } from '../auth-setup';

@Component({ template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const ROUTES: Routes = [
  { path: 'home', component: Page },
  { path: 'forbidden', component: Page },
  { path: 'login', canActivate: [guestGuard], component: Page },
  { path: 'account', canActivate: [authGuard], component: Page },
  { path: 'transfer', canActivate: [stepUpGuard({ acr: 'gold', maxAge: 300 })], component: Page },
];

const now = (): number => Math.floor(Date.now() / 1000);
const gold = (): string => tokenWith({ acr: 'gold', auth_time: now() });
const plain = (): string => tokenWith({ acr: 'plain', auth_time: now() });

describe('stepUpGuard', () => {
  const features = [withRoutes({ home: '/home', forbidden: '/forbidden' })];

  beforeEach(() => {
    sessionStorage.clear();
  });

  async function visit(url: string): Promise<string> {
    const router = TestBed.inject(Router);
    await router.navigateByUrl(url);
    return router.url;
  }

  const signIn = (token: string): Promise<void> => TestBed.inject(AUTH_SETUP).engine.accept(grantOf(token));

  describe('where users sign in on the login page', () => {
    beforeEach(() => new AngularWorld({ routes: ROUTES, features }));

    it('sends the anonymous to sign in at all', async () => {
      expect(await visit('/transfer')).toBe('/login?returnUrl=%2Ftransfer');
    });

    it('lets pass who signed in as asked', async () => {
      await signIn(gold());
      expect(await visit('/transfer')).toBe('/transfer');
    });

    it('sends others to sign in as asked, and does not send them back at once', async () => {
      await signIn(plain());
      expect(await visit('/transfer?to=eve')).toBe(
        '/login?acr=gold&maxAge=300&returnUrl=%2Ftransfer%3Fto%3Deve',
      );
    });

    it('asks again who did not sign in meanwhile', async () => {
      await signIn(plain());
      await visit('/transfer');
      expect(await visit('/transfer')).toContain('/login?');
    });

    it('does not ask for ever where signing in does not help', async () => {
      await signIn(plain());
      await visit('/transfer');
      await signIn(plain());
      expect(await visit('/transfer')).toBe('/forbidden');
      expect(await visit('/transfer')).toContain('/login?');
      await signIn(gold());
      expect(await visit('/transfer')).toBe('/transfer');
    });
  });

  describe('where users sign in elsewhere', () => {
    let elsewhere: SignInElsewhere;

    beforeEach(() => {
      elsewhere = new SignInElsewhere();
      new AngularWorld({ routes: ROUTES, features, provider: elsewhere.provider });
    });

    it('leads them there, and to the page that they wanted', async () => {
      await signIn(plain());
      elsewhere.outcomes.push(grantOf(gold()));
      expect(await visit('/home')).toBe('/home');
      expect(await visit('/transfer?to=eve')).toBe('/home');
      expect(elsewhere.asked).toEqual([{ acrValues: 'gold', maxAge: 300, returnUrl: '/transfer?to=eve' }]);
      expect(await visit('/transfer')).toBe('/transfer');
    });

    it('stays where it was when the user comes back without', async () => {
      await signIn(plain());
      elsewhere.outcomes.push('sign-in-abandoned');
      await visit('/home');
      expect(await visit('/transfer')).toBe('/home');
    });

    it('tells the router of what went wrong', async () => {
      await signIn(plain());
      elsewhere.outcomes.push('unreachable');
      await expectAsync(visit('/transfer')).toBeRejectedWithError(/^unreachable/);
    });
  });

  it('does not send there again who has just come back from elsewhere with a failure', async () => {
    const elsewhere = new SignInElsewhere();
    elsewhere.arrival = Promise.reject(authError('needs-user', 'authentication-requirements-unmet'));
    new AngularWorld({ routes: ROUTES, features, provider: elsewhere.provider });
    await signIn(plain());
    const { record } = TestBed.inject(AUTH_SETUP).engine.state();
    const asked = [record?.sid, { acrValues: 'gold', maxAge: 300 }];
    sessionStorage.setItem('ngx-latchkey:step-up', JSON.stringify(asked));
    expect(await visit('/transfer')).toBe('/forbidden');
    expect(elsewhere.asked).toEqual([]);
    elsewhere.outcomes.push(grantOf(gold()));
    await visit('/transfer');
    expect(await visit('/transfer')).toBe('/transfer');
  });
});
