import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import {
  AuthError,
  authInterceptor,
  injectAuth,
  injectStepUp,
  jwtServer,
  provideAuth,
  provideNamedAuth,
  withKeeping,
  withStepUp,
} from 'ngx-latchkey';
import { serveByFetch } from '../../testing-support/fetch-double';
import { ScriptedServer } from '../../testing-support/scripted-server';

const ORDERS = 'https://api.office.test/orders';
const WANTS = { 'WWW-Authenticate': 'Bearer error="insufficient_user_authentication", acr_values="gold"' };

describe('injectStepUp for several sessions', () => {
  const inContext = TestBed.runInInjectionContext.bind(TestBed);

  beforeEach(() => {
    serveByFetch(new ScriptedServer());
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([authInterceptor])),
        provideHttpClientTesting(),
        provideAuth(jwtServer({ url: 'https://shop.test' }), withKeeping('tab'), withStepUp()),
        provideNamedAuth(
          'office',
          jwtServer({ url: 'https://office.test', api: ['https://api.office.test'] }),
          withKeeping('tab'),
          withStepUp(),
        ),
      ],
    });
  });

  it('tells what the APIs of a name ask for', async () => {
    const [mine, theirs] = [inContext(() => injectStepUp()), inContext(() => injectStepUp('office'))];
    await inContext(() => injectAuth('office')).login({ username: 'grace', password: 'secret' });
    TestBed.inject(HttpClient)
      .get(ORDERS)
      .subscribe({ error: () => undefined });
    TestBed.inject(HttpTestingController)
      .expectOne(ORDERS)
      .flush('', { status: 401, statusText: 'Unauthorized', headers: WANTS });
    expect([mine()?.acrValues, theirs()?.acrValues]).toEqual([undefined, 'gold']);
    theirs()?.cancel();
  });

  it('knows the names', () => {
    expect(() => inContext(() => injectStepUp('kitchen'))).toThrowError(AuthError, /^unknown-name/);
  });
});
