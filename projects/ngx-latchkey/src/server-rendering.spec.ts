import { HttpClient, HttpContext, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, ChangeDetectionStrategy, Component, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import {
  AUTH,
  AuthError,
  AuthService,
  authGuard,
  authInterceptor,
  guestGuard,
  jwtServer,
  permissionGuard,
  provideAuth,
  provideNamedAuth,
  roleGuard,
  userGuard,
  withWorkerVault,
} from 'ngx-latchkey';
import { oidc } from 'ngx-latchkey/oidc';
import { firstValueFrom } from 'rxjs';

@Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const API = 'https://auth.test/api';

describe('While rendering on a server', () => {
  const providers = [
    { provide: PLATFORM_ID, useValue: 'server' },
    provideHttpClient(withInterceptors([authInterceptor])),
    provideHttpClientTesting(),
    provideRouter([
      { path: '', pathMatch: 'full', component: Page },
      { path: 'login', canActivate: [guestGuard], component: Page },
      { path: 'account', canActivate: [authGuard], component: Page },
      { path: 'admin', canMatch: [roleGuard('admin')], component: Page },
      { path: 'reports', canActivate: [permissionGuard('read')], component: Page },
      { path: 'orders', canActivate: [userGuard(() => true)], component: Page },
    ]),
  ];

  /** Takes away what only a browser has, until the end of the spec. */
  function withoutBrowser(): void {
    const names = ['navigator', 'localStorage', 'indexedDB', 'BroadcastChannel', 'SharedWorker'] as const;
    const own = names.map(name => [name, Object.getOwnPropertyDescriptor(window, name)] as const);
    for (const name of names) {
      Object.defineProperty(window, name, { configurable: true, get: () => undefined });
    }
    restore = () => {
      for (const [name, property] of own) if (property) Object.defineProperty(window, name, property);
      restore = () => undefined;
    };
  }
  let restore = (): void => undefined;

  afterEach(() => {
    restore();
  });

  const backEnds = {
    'jwtServer()': () => [provideAuth(jwtServer({ url: 'https://auth.test' }))],
    'withWorkerVault()': () => [provideAuth(jwtServer({ url: 'https://auth.test' }), withWorkerVault())],
    'oidc()': () => [provideAuth(oidc({ issuer: 'https://login.test', clientId: 'web' }))],
    'a second session': () => [
      provideAuth(oidc({ issuer: 'https://login.test', clientId: 'web' })),
      provideNamedAuth('other', jwtServer({ url: 'https://auth.test' })),
    ],
    'a provider that is loaded': () => [provideAuth(() => jwtServer({ url: 'https://auth.test' }))],
  };
  for (const [name, auth] of Object.entries(backEnds)) {
    it(`${name} needs no browser, and starts nothing`, async () => {
      const fetch = spyOn(window, 'fetch');
      const timer = spyOn(window, 'setTimeout');
      withoutBrowser();
      TestBed.configureTestingModule({ providers: [...providers, auth()] });
      await TestBed.inject(ApplicationInitStatus).donePromise;
      const service = TestBed.inject(AuthService);
      await service.settled();
      expect([service.status(), service.phase(), await service.getToken()]).toEqual([
        'unknown',
        'idle',
        null,
      ]);
      expect(fetch).not.toHaveBeenCalled();
      expect(timer).not.toHaveBeenCalled();
      TestBed.resetTestingModule();
      restore();
    });
  }

  it('guarded pages lead to the login page, which is rendered', async () => {
    TestBed.configureTestingModule({ providers: [...providers, backEnds['jwtServer()']()] });
    const harness = await RouterTestingHarness.create();
    for (const path of ['account', 'admin', 'reports', 'orders']) {
      await harness.navigateByUrl(`/${path}?tab=1`);
      expect(TestBed.inject(Router).url).toBe(`/login?returnUrl=%2F${path}%3Ftab%3D1`);
    }
  });

  it('a request goes out as it is at once, and one that needs a token not at all', async () => {
    TestBed.configureTestingModule({ providers: [...providers, backEnds['jwtServer()']()] });
    const http = TestBed.inject(HttpClient);
    const api = TestBed.inject(HttpTestingController);
    http.get(API).subscribe();
    expect(api.expectOne(API).request.headers.keys()).toEqual([]);
    const required = firstValueFrom(http.get(API, { context: new HttpContext().set(AUTH, 'required') }));
    api.expectNone(API);
    await expectAsync(required).toBeRejectedWithError(AuthError, /unauthenticated/);
  });
});
