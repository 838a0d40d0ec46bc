import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  HttpTestingController,
  type TestRequest,
  provideHttpClientTesting,
} from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { type Routes, provideRouter } from '@angular/router';
import {
  type AuthFeatures,
  type AuthProvider,
  AuthService,
  type JwtServerOptions,
  authInterceptor,
  jwtServer,
  provideAuth,
  withKeeping,
} from 'ngx-latchkey';
import { eventually } from './fake-clock';
import { serveByFetch } from './fetch-double';
import { ScriptedServer } from './scripted-server';

/** An Angular application with the library in it, whose auth server is scripted and whose APIs are Angular's test double. */
export class AngularWorld {
  readonly server = new ScriptedServer();
  readonly auth: AuthService;
  readonly api: HttpTestingController;

  constructor({
    options = {},
    routes = [],
    features = [],
    provider = given => given,
  }: {
    options?: Partial<JwtServerOptions>;
    routes?: Routes;
    features?: AuthFeatures[];
    provider?: (given: AuthProvider) => AuthProvider;
  } = {}) {
    serveByFetch(this.server);
    TestBed.configureTestingModule({
      providers: [
        provideRouter(routes),
        provideHttpClient(withInterceptors([authInterceptor])),
        provideHttpClientTesting(),
        provideAuth(
          provider(jwtServer({ url: 'https://auth.test', api: ['https://api.test/v1'], ...options })),
          withKeeping('tab'),
          ...features,
        ),
      ],
    });
    this.auth = TestBed.inject(AuthService);
    this.api = TestBed.inject(HttpTestingController);
  }

  async signIn(changes: Record<string, unknown> = {}): Promise<void> {
    this.server.willReply(this.server.grant(changes));
    await this.auth.login({ username: 'ada', password: 'secret' });
  }

  /** The requests that reach the API, once there are so many. */
  async arrivals(url: string, count: number): Promise<readonly TestRequest[]> {
    const arrived: TestRequest[] = [];
    await eventually(() => arrived.push(...this.api.match(url)) >= count);
    return arrived;
  }

  /** Signs in with a token that has run out by the time it is there. */
  async signInExpired(): Promise<void> {
    await this.signIn({ expiresIn: 0.001 });
    await eventually(() => Date.now() > (this.auth.expiresAt() ?? Infinity));
  }
}
