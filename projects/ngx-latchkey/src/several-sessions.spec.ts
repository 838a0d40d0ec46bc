import { HttpClient, HttpContext, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import {
  ApplicationInitStatus,
  Component,
  type EnvironmentProviders,
  type Provider,
  inject,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import { Router, type Routes, provideRouter } from '@angular/router';
import {
  AUTH,
  AuthError,
  AuthService,
  authGuard,
  authInterceptor,
  guardOf,
  injectAuth,
  injectAuthActions,
  jwtServer,
  provideAuth,
  provideNamedAuth,
  withApi,
  withDpop,
  withKeeping,
  withRoutes,
} from 'ngx-latchkey';
import { serveByFetch } from '../testing-support/fetch-double';
import { ScriptedServer } from '../testing-support/scripted-server';

@Component({ template: 'page' })
class Page {}

@Component({ template: '{{ auth.user()?.name }}' })
class WhoAmI {
  readonly auth = inject(AuthService);
}

const shop = jwtServer({ url: 'https://shop.test', api: ['https://api.shop.test'] });
const office = jwtServer({ url: 'https://office.test', api: ['https://api.office.test'] });

describe('Several sessions in one application', () => {
  const server = new ScriptedServer();

  function configure(providers: (Provider | EnvironmentProviders)[], routes: Routes = []): void {
    serveByFetch(server);
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'login', component: Page },
          { path: 'office/login', component: Page },
          ...routes,
        ]),
        provideHttpClient(withInterceptors([authInterceptor])),
        provideHttpClientTesting(),
        ...providers,
      ],
    });
  }

  const login = async (auth: AuthService, accessToken: string, name: string): Promise<void> => {
    server.willReply(server.grant({ accessToken, user: { id: name, name, roles: [] } }));
    await auth.login({ username: name, password: 'secret' });
  };

  const sent = (url: string): string | null => {
    TestBed.inject(HttpClient).get(url).subscribe();
    return TestBed.inject(HttpTestingController).expectOne(url).request.headers.get('Authorization');
  };

  describe('by name', () => {
    let customer: AuthService;
    let clerk: AuthService;

    beforeEach(() => {
      configure(
        [
          provideAuth(shop, withKeeping('tab')),
          provideNamedAuth('office', office, withKeeping('tab'), withRoutes({ login: '/office/login' })),
        ],
        [
          { path: 'account', component: Page, canActivate: [authGuard] },
          { path: 'office', component: Page, canActivate: [guardOf('office', authGuard)] },
        ],
      );
      customer = TestBed.inject(AuthService);
      clerk = TestBed.runInInjectionContext(() => injectAuth('office'));
    });

    it('have users of their own', async () => {
      await login(customer, 'shop-token', 'Ada');
      expect([customer.user()?.name, clerk.user()?.name]).toEqual(['Ada', undefined]);
      await login(clerk, 'office-token', 'Grace');
      await customer.logout();
      expect([customer.user()?.name, clerk.user()?.name]).toEqual([undefined, 'Grace']);
    });

    it('send their tokens to their own APIs, and nowhere else', async () => {
      await login(customer, 'shop-token', 'Ada');
      await login(clerk, 'office-token', 'Grace');
      expect(sent('https://api.shop.test/orders')).toBe('Bearer shop-token');
      expect(sent('https://api.office.test/orders')).toBe('Bearer office-token');
      expect(sent('https://elsewhere.test/orders')).toBeNull();
      expect(sent('https://office.test/auth/login')).toBeNull();
    });

    it('guard their own routes', async () => {
      await login(customer, 'shop-token', 'Ada');
      const harness = await RouterTestingHarness.create();
      await harness.navigateByUrl('/account');
      expect(TestBed.inject(Router).url).toBe('/account');
      await harness.navigateByUrl('/office');
      expect(TestBed.inject(Router).url).toBe('/office/login?returnUrl=%2Foffice');
      await login(clerk, 'office-token', 'Grace');
      await harness.navigateByUrl('/office');
      expect(TestBed.inject(Router).url).toBe('/office');
    });

    it('have the actions of their back ends', async () => {
      const account = TestBed.runInInjectionContext(() => injectAuthActions(jwtServer, 'office'));
      server.willReply(server.grant({ accessToken: 'office-token', user: { id: '2', name: 'Grace' } }));
      await account.register({ username: 'grace', password: 'secret' });
      expect([customer.user()?.name, clerk.user()?.name]).toEqual([undefined, 'Grace']);
      expect(server.requests.at(-1)?.url).toBe('https://office.test/auth/register');
    });

    it('are asked for by a name that is known', () => {
      expect(() => TestBed.runInInjectionContext(() => injectAuth('kitchen'))).toThrowError(
        AuthError,
        /unknown-name: .*kitchen.*office/,
      );
    });
  });

  it('have names of their own', () => {
    configure([provideNamedAuth('office', office), provideNamedAuth('office', shop)]);
    expect(() => TestBed.inject(Router)).toThrowError(AuthError, /^duplicate-name.*office/s);
  });

  it('have features of their own', async () => {
    const api = { origins: ['https://api.other.test'], headers: () => ({}) };
    const mine = [withKeeping('tab'), withApi({ api }), withDpop()] as const;
    configure([provideAuth(shop, ...mine), provideNamedAuth('office', office, withKeeping('tab'))]);
    await login(
      TestBed.runInInjectionContext(() => injectAuth('office')),
      'office-token',
      'Grace',
    );
    expect(sent('https://api.office.test/orders')).toBe('Bearer office-token');
  });

  it('can be those of a part of the routes', async () => {
    configure(
      [provideAuth(shop, withKeeping('tab'))],
      [
        { path: 'shop', component: WhoAmI },
        {
          path: 'office',
          providers: [provideAuth(office, withKeeping('tab'))],
          children: [{ path: '', component: WhoAmI }],
        },
      ],
    );
    await login(TestBed.inject(AuthService), 'shop-token', 'Ada');
    const harness = await RouterTestingHarness.create();
    const inShop = await harness.navigateByUrl('/shop', WhoAmI);
    const inOffice = await harness.navigateByUrl('/office', WhoAmI);
    expect(inOffice.auth).not.toBe(inShop.auth);
    await login(inOffice.auth, 'office-token', 'Grace');
    expect([inShop.auth.user()?.name, inOffice.auth.user()?.name]).toEqual(['Ada', 'Grace']);
    expect(sent('https://api.office.test/orders')).toBe('Bearer office-token');
  });

  it('put the APIs of one back end on the sign-in of another', async () => {
    const api = {
      origins: ['https://api.other.test'],
      headers: ({ token }: { readonly token: string }) => ({ 'X-Token': token }),
    };
    configure([provideAuth(shop, withKeeping('tab'), withApi({ api }))]);
    await login(TestBed.inject(AuthService), 'shop-token', 'Ada');
    expect(sent('https://api.shop.test/orders')).toBeNull();
    TestBed.inject(HttpClient).get('https://api.other.test/orders').subscribe();
    const { request } = TestBed.inject(HttpTestingController).expectOne('https://api.other.test/orders');
    expect(request.headers.get('X-Token')).toBe('shop-token');
  });

  describe('whose configuration arrives late', () => {
    let arrive: (url: string) => void;
    let fail: (reason: unknown) => void;

    beforeEach(() => {
      const url = new Promise<string>((resolve, reject) => {
        arrive = resolve;
        fail = reject;
      });
      const source = async () => jwtServer({ url: await url });
      configure([
        provideAuth(source, withKeeping('tab')),
        provideNamedAuth('office', source, withKeeping('tab')),
      ]);
    });

    it('begin when it is there', async () => {
      const { donePromise } = TestBed.inject(ApplicationInitStatus);
      arrive('https://shop.test');
      await donePromise;
      const auth = TestBed.inject(AuthService);
      await login(auth, 'shop-token', 'Ada');
      expect(auth.user()?.name).toBe('Ada');
      const named = TestBed.runInInjectionContext(() => injectAuth('office'));
      await login(named, 'office-token', 'Grace');
      expect(named.user()?.name).toBe('Grace');
    });

    it('let what loads it go without a token, and say that they are not there yet', () => {
      expect(sent('https://config.test/config.json')).toBeNull();
      expect(() => TestBed.inject(AuthService)).toThrowError(AuthError, /^not-ready/);
      expect(() => TestBed.runInInjectionContext(() => injectAuth('office'))).toThrowError(
        AuthError,
        /^not-ready/,
      );
      TestBed.inject(HttpClient)
        .get('https://config.test/other', { context: new HttpContext().set(AUTH, 'none') })
        .subscribe();
      TestBed.inject(HttpTestingController).expectOne('https://config.test/other');
      arrive('https://shop.test');
    });

    it('say so when it does not come', async () => {
      const { donePromise } = TestBed.inject(ApplicationInitStatus);
      fail(new Error('HTTP 500'));
      await expectAsync(donePromise).toBeRejectedWithError(
        AuthError,
        /^configuration-unavailable.*HTTP 500/s,
      );
    });
  });
});
