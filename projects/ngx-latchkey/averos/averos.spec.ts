import { type AsyncValidatorFn, FormControl } from '@angular/forms';
import { firstValueFrom } from 'rxjs';
import { AuthError, type SessionKind } from 'ngx-latchkey/core';
import { averos, averosEmailAvailable, averosUserNameAvailable } from 'ngx-latchkey/averos';
import { EngineWorld, type Tab } from '../testing-support/engine-world';
import { json } from '../testing-support/scripted-server';

const SESSION = {
  _id: '7',
  token: 'opaque-1',
  userName: 'ada',
  firstName: 'Ada',
  email: 'ada@example.test',
  roles: ['admin'],
};

describe('averos()', () => {
  let world: EngineWorld;
  let tab: Tab;

  beforeEach(() => {
    world = new EngineWorld();
    tab = world.tab(averos({ url: 'https://auth.test/base/' }));
  });

  const signIn = (userName = 'ada') => {
    world.server.willReply(json(200, { auth_token: SESSION }));
    return tab.engine.signIn({ userName, password: 'secret' });
  };

  it('signs in by name, with cookies, and knows the user', async () => {
    await signIn();
    const [request] = world.server.requests;
    expect(request?.url).toBe('https://auth.test/base/auth/login');
    expect(request?.credentials).toBe('include');
    expect<unknown>(request?.json).toEqual({ userName: 'ada', password: 'secret', lastLoginIPAddress: '' });
    expect(tab.engine.usable()?.held.token).toBe('opaque-1');
    expect(tab.engine.state().record?.held.user).toEqual(
      jasmine.objectContaining({ id: '7', name: 'Ada', email: 'ada@example.test', roles: ['admin'] }),
    );
  });

  it('signs in by e-mail', async () => {
    await signIn('ada@example.test');
    expect<unknown>(world.server.requests[0]?.json).toEqual(
      jasmine.objectContaining({ email: 'ada@example.test' }),
    );
  });

  it('keeps the token out of the profile', async () => {
    await signIn();
    expect(JSON.stringify(tab.engine.state().record?.held.user)).not.toContain('opaque');
  });

  it('renews with the whole session object and a cookie', async () => {
    await signIn();
    world.server.willReply(json(200, { auth_token: { ...SESSION, token: 'opaque-2' } }));
    await tab.engine.refresh();
    const [request] = world.server.to('/auth/rt/');
    expect<unknown>(request?.json).toEqual({ user: SESSION });
    expect(request?.credentials).toBe('include');
    expect(tab.engine.usable()?.held.token).toBe('opaque-2');
  });

  for (const refused of [json(460, {}), json(401, { message: 'No.' })]) {
    it(`ends when a renewal is answered with ${String(refused.status)}`, async () => {
      await signIn();
      world.server.willReply(refused);
      await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
    });
  }

  it('is kept when a renewal is answered with the stub of the mock server', async () => {
    await signIn();
    world.server.willReply(json(461, undefined));
    await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /not-implemented/);
    expect(tab.engine.usable()?.held.token).toBe('opaque-1');
  });

  it('logs out with the user name', async () => {
    await signIn();
    world.server.willReply(json(200, { err: 'You signed out!' }));
    await tab.engine.end('user');
    expect<unknown>(world.server.to('/auth/logout')[0]?.json).toEqual({ user: 'ada' });
    expect(tab.count('logout-not-confirmed')).toBe(0);
  });

  const failures: readonly (readonly [number, string])[] = [
    [401, 'invalid-credentials'],
    [471, 'account-not-verified'],
    [500, 'server-error'],
    [404, 'unexpected-answer'],
  ];
  for (const [status, code] of failures) {
    it(`reads a login that is answered with ${String(status)} as ${code}`, async () => {
      world.server.willReply(json(status, undefined));
      const login = tab.engine.signIn({ userName: 'ada', password: 'wrong' });
      await expectAsync(login).toBeRejectedWithError(AuthError, new RegExp(`^${code}`));
    });
  }

  it('asks for credentials that are complete', async () => {
    await expectAsync(tab.engine.signIn({ username: 'ada', password: 'x' })).toBeRejectedWithError(
      AuthError,
      /userName/,
    );
  });

  it('tells a dead token from a dead session', () => {
    const { judge } = averos({ url: 'https://auth.test' }).api;
    const verdict = (status: number) =>
      judge?.({ url: '', status, header: () => null, body: null }, { token: 't' });
    expect([200, 401, 403, 460].map(verdict)).toEqual(['pass', 'token-dead', 'pass', 'session-over']);
  });

  it('is renewed by a cookie', () => {
    const { session }: { session: SessionKind } = averos({ url: 'https://auth.test' });
    expect(session).toEqual(jasmine.objectContaining({ kind: 'renewable', secret: 'cookie' }));
  });

  it('has validators that the forms of Angular take', async () => {
    const taken = (value: string) => Promise.resolve(value.startsWith('ada'));
    const actions = { isUserNameTaken: taken, isEmailTaken: taken };
    const validators: readonly AsyncValidatorFn[] = [
      averosUserNameAvailable(actions, { wait: 5 }),
      averosEmailAvailable(actions, { wait: 5 }),
    ];
    const control = new FormControl('', { asyncValidators: [...validators] });
    for (const typed of ['a', 'ad', 'ada']) control.setValue(typed);
    expect(control.status).toBe('PENDING');
    await firstValueFrom(control.statusChanges);
    expect(control.errors).toEqual({ userNameNotAvailable: true, emailNotAvailable: true });
    control.setValue('mary');
    await firstValueFrom(control.statusChanges);
    expect(control.valid).toBeTrue();
  });
});
