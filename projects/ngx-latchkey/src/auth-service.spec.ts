import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  AuthError,
  AuthService,
  type SessionEvent,
  injectAuthActions,
  jwtServer,
  provideAuth,
  withKeeping,
  withRoutes,
} from 'ngx-latchkey';
import { averos } from 'ngx-latchkey/averos';
import { AngularWorld } from '../testing-support/angular-world';
import { html, json } from '../testing-support/scripted-server';

describe('AuthService', () => {
  it('goes from unknown to anonymous to authenticated and back', async () => {
    const { auth, ...world } = new AngularWorld();
    expect([auth.status(), auth.isAuthenticated()]).toEqual(['unknown', false]);
    await auth.settled();
    expect(auth.status()).toBe('anonymous');
    world.server.willReply(world.server.grant({ accessToken: 'opaque' }));
    await auth.login({ username: 'ada', password: 'secret' });
    expect([auth.status(), auth.user()?.name, auth.phase()]).toEqual(['authenticated', 'Ada', 'fresh']);
    expect([auth.hasRole('admin'), auth.hasRole('owner')]).toEqual([true, false]);
    expect([auth.hasPermission('reports:read'), auth.hasPermission('reports:write')]).toEqual([true, false]);
    expect(auth.expiresAt()).toBeGreaterThan(Date.now());
    expect(auth.claims()).toBeNull();
    expect(await auth.getToken()).toBe('opaque');
    await auth.logout();
    expect([auth.status(), auth.user(), auth.expiresAt()]).toEqual(['anonymous', null, null]);
    expect(await auth.getToken()).toBeNull();
  });

  it('reads the user from the claims where the server does not send one', async () => {
    const world = new AngularWorld();
    const payload = btoa(
      JSON.stringify({ sub: '7', name: 'Ada', roles: ['admin'], exp: 2e9, iat: 2e9 - 60 }),
    );
    await world.signIn({ accessToken: `e30.${payload.replace(/=+$/, '')}.c2ln`, user: undefined });
    expect(world.auth.user()).toEqual(jasmine.objectContaining({ id: '7', name: 'Ada', roles: ['admin'] }));
    expect(world.auth.claims()?.sub).toBe('7');
  });

  it('asks who the user is where neither the answer nor the token says it', async () => {
    const world = new AngularWorld();
    world.server.willReply(world.server.grant({ user: undefined }), json(200, { id: 7, name: 'Ada' }));
    await world.auth.login({ username: 'ada', password: 'secret' });
    expect(world.auth.user()?.id).toBe('7');
  });

  it('keeps a session of which it cannot find out the user', async () => {
    const world = new AngularWorld();
    world.server.willReply(world.server.grant({ user: undefined }), html(404));
    await world.auth.login({ username: 'ada', password: 'secret' });
    expect([world.auth.isAuthenticated(), world.auth.user()]).toEqual([true, null]);
  });

  it('tells what happens', async () => {
    const world = new AngularWorld();
    const events: SessionEvent[] = [];
    const subscription = world.auth.events$.subscribe(event => events.push(event));
    await world.signIn();
    await world.auth.refresh();
    await world.auth.logout();
    subscription.unsubscribe();
    const types = events.map(event => event.type).filter(type => type !== 'phase');
    expect(types).toEqual(['signed-in', 'refreshed', 'ended']);
  });

  const failures: readonly (readonly [string, ReturnType<typeof json> | 'network-error', RegExp])[] = [
    ['a wrong password', json(401, { code: 'invalid_credentials' }), /^invalid-credentials/],
    ['a server that is down', 'network-error', /^unreachable: POST https:\/\/auth\.test\/auth\/login .*CORS/],
    ['a server that answers HTML', html(200), /^unexpected-answer: .*not JSON/],
    ['a wrong path', html(404), /^unexpected-answer: .*404/],
    ['a server error', json(500, {}), /^server-error/],
    ['too many tries', json(429, {}, { 'retry-after': '30' }), /^rate-limited/],
    ['unknown field names', json(200, { token: 'x' }), /^unexpected-fields: .*its answer are: token/],
    [
      'a locked account',
      json(423, { message: 'Locked until noon.' }),
      /^account-locked: Locked until noon\./,
    ],
  ];
  for (const [name, reply, message] of failures) {
    it(`explains ${name} and changes nothing`, async () => {
      const world = new AngularWorld();
      world.server.willReply(reply);
      const login = world.auth.login({ username: 'ada', password: 'open sesame' });
      await expectAsync(login).toBeRejectedWithError(AuthError, message);
      await login.catch((error: unknown) => {
        expect(String(error)).not.toContain('open sesame');
      });
      expect(world.auth.status()).toBe('anonymous');
    });
  }

  it('asks for credentials that are complete', async () => {
    const { auth, server } = new AngularWorld();
    for (const input of [
      {},
      { username: 'ada' },
      { username: '', password: 'x' },
      { user: 'ada', password: 'x' },
    ]) {
      await expectAsync(auth.login(input)).toBeRejectedWithError(AuthError, /invalid-input/);
    }
    expect(server.requests.length).toBe(0);
  });

  it('does nothing on a server', async () => {
    const fetch = spyOn(window, 'fetch');
    TestBed.configureTestingModule({
      providers: [
        provideAuth(jwtServer({ url: 'https://auth.test' })),
        { provide: PLATFORM_ID, useValue: 'server' },
      ],
    });
    const auth = TestBed.inject(AuthService);
    await auth.settled();
    expect([auth.status(), auth.phase(), await auth.getToken()]).toEqual(['unknown', 'idle', null]);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('injectAuthActions', () => {
  it('registers and signs in', async () => {
    const { auth, server } = new AngularWorld();
    const account = TestBed.runInInjectionContext(() => injectAuthActions(jwtServer));
    const user = await account.register({ username: 'ada', password: 'secret', email: 'ada@example.test' });
    expect([user?.name, auth.isAuthenticated()]).toEqual(['Ada', true]);
    expect<unknown>(server.to('/auth/register')[0]?.json).toEqual({
      username: 'ada',
      password: 'secret',
      email: 'ada@example.test',
    });
  });

  it('registers without signing in where the server hands out no tokens', async () => {
    const { auth, server } = new AngularWorld();
    server.willReply(json(201, { user: { id: '1' } }));
    const account = TestBed.runInInjectionContext(() => injectAuthActions(jwtServer));
    expect(await account.register({ username: 'ada', password: 'secret' })).toBeNull();
    expect(auth.isAuthenticated()).toBe(false);
  });

  it('says that a name is taken', async () => {
    const { server } = new AngularWorld();
    server.willReply(json(409, { code: 'username_taken' }));
    const account = TestBed.runInInjectionContext(() => injectAuthActions(jwtServer));
    const registration = account.register({ username: 'ada', password: 'secret' });
    await expectAsync(registration).toBeRejectedWithError(AuthError, /username-taken/);
  });

  it('asks for a reset, resets and verifies', async () => {
    const { server } = new AngularWorld();
    const account = TestBed.runInInjectionContext(() => injectAuthActions(jwtServer));
    server.willReply(json(202, {}), json(204, undefined), json(400, { code: 'invalid_request' }));
    await account.requestPasswordReset({ email: 'ada@example.test' });
    await account.resetPassword({ token: 't', password: 'new' });
    await expectAsync(account.verifyEmail({ token: 'old' })).toBeRejectedWithError(AuthError, /not-accepted/);
    expect(server.requests.map(request => new URL(request.url).pathname)).toEqual([
      '/auth/password/forgot',
      '/auth/password/reset',
      '/auth/email/verify',
    ]);
  });

  it('refuses the actions of another back end', () => {
    TestBed.configureTestingModule({ providers: [provideAuth(averos({ url: 'https://auth.test' }))] });
    expect(() => TestBed.runInInjectionContext(() => injectAuthActions(jwtServer))).toThrowError(
      AuthError,
      /other-provider/,
    );
  });
});

describe('provideAuth', () => {
  it('is missed in words', () => {
    expect(() => TestBed.inject(AuthService)).toThrowError(AuthError, /not-provided: Add provideAuth/);
  });

  it('refuses a feature that is given twice', () => {
    const provide = () =>
      provideAuth(jwtServer({ url: 'https://a.test' }), withKeeping('tab'), withKeeping('tab'));
    expect(provide).toThrowError(AuthError, /duplicate-feature/);
    expect(() =>
      provideAuth(jwtServer({ url: 'https://a.test' }), withKeeping('tab'), withRoutes({})),
    ).not.toThrow();
  });

  for (const url of [
    'http://auth.test',
    'auth.test',
    'https://user:word@auth.test',
    'https://auth.test/?x=1',
    '//a.test',
  ]) {
    it(`refuses the URL ${url}`, () => {
      expect(() => jwtServer({ url })).toThrowError(AuthError, /insecure-url|invalid-url-rule/);
    });
  }

  it('refuses an API that tokens must not go to, when the application starts', () => {
    const provider = jwtServer({ url: 'https://auth.test', api: ['http://api.test'] });
    TestBed.configureTestingModule({ providers: [provideAuth(provider)] });
    expect(() => TestBed.inject(AuthService)).toThrowError(AuthError, /insecure-url: .*http:\/\/api\.test/);
  });
});
