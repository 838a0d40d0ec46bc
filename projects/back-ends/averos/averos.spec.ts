import {
  type AuthHttp,
  type AuthUser,
  type Grant,
  type Held,
  type Refusal,
  type RenewableSession,
  type WireAnswer,
  AuthError,
  isRefusal,
} from 'ngx-latchkey/core';
import {
  type AverosActions,
  type AverosOptions,
  averos,
  averosAccount,
  averosEmailAvailable,
  averosUserNameAvailable,
} from 'ngx-latchkey/averos';
import { contextOf } from '../harness/action-context';
import { installFakeClock } from '../harness/fake-clock';
import { type FixtureHttp, fixtureHttp } from '../harness/fixture-http';
import { keepsItsPromises } from '../harness/promises';
import { answerOf, fixtures, mockFixtures } from './fixtures';

const SERVER = 'http://127.0.0.1:3333';
const OPTIONS: AverosOptions = { url: SERVER };
const ADA = { userName: 'ada', password: 'latchkey-ada' };
const MARY = {
  userName: 'mary',
  email: 'mary@example.test',
  password: 'latchkey-mary',
  firstName: 'Mary',
  lastName: 'Somerville',
};

function withCode(code: string): jasmine.ObjectContaining<unknown> {
  return jasmine.objectContaining({ code });
}

function answer(status: number, json?: unknown): WireAnswer {
  return { status, headers: {}, json };
}

/** A server that has one answer to everything. */
function always(given: WireAnswer): AuthHttp {
  return {
    async send(exchange, input) {
      exchange.request(input);
      const outcome = exchange.read(given, input);
      if (isRefusal(outcome)) throw new AuthError(outcome);
      return outcome;
    },
  };
}

function sessionOf(options = OPTIONS): RenewableSession {
  return averos(options).session as RenewableSession;
}

function actionsOf(http: AuthHttp, held: Held | null = null, options = OPTIONS): AverosActions {
  const actions = averos(options).actions?.(
    contextOf({ http, held: () => held, signIn: () => Promise.resolve() }),
  );
  if (actions === undefined) throw new Error('Averos has actions.');
  return actions;
}

async function login(http: AuthHttp, options = OPTIONS): Promise<Grant> {
  return (await averos(options).signIn.start(ADA, http)) as Grant;
}

describe('averos(): asks what is written', () => {
  let http: FixtureHttp;

  beforeEach(() => {
    http = fixtureHttp(SERVER, fixtures);
  });

  it('to sign in by name, and knows the user', async () => {
    const { token, user, expiresIn } = await login(http);
    expect([token, expiresIn]).toEqual(['sample-token', undefined]);
    expect<unknown>(user).toEqual({
      id: 'sample-userId',
      name: 'Ada',
      email: 'ada@example.test',
      roles: ['admin', 'user'],
      permissions: [],
      profile: jasmine.objectContaining({ userName: 'ada' }),
    });
    expect(JSON.stringify(user)).not.toContain('sample-token');
  });

  it('to sign in by e-mail', async () => {
    await averos(OPTIONS).signIn.start({ ...ADA, userName: 'ada@example.test' }, http);
    expect(http.asked).toEqual(['login by e-mail']);
  });

  const failures: readonly (readonly [userName: string, password: string, code: string])[] = [
    ['ada', 'wrong', 'invalid-credentials'],
    ['linus', 'latchkey-linus', 'account-not-verified'],
    ['eve', 'latchkey-eve', 'declined'],
  ];
  for (const [userName, password, code] of failures) {
    it(`and hears of ${code}`, async () => {
      const attempt = averos(OPTIONS).signIn.start({ userName, password }, http);
      await expectAsync(attempt).toBeRejectedWith(withCode(code));
    });
  }

  it('to renew with the whole session, and to log out', async () => {
    const { renew, end } = sessionOf();
    const grant = await login(http);
    const renewed = renew.read(http.answer(renew.request(grant)), grant) as Grant;
    expect([renewed.token, renewed.user?.id]).toEqual(['sample-nextToken', 'sample-userId']);
    const over = renew.read(http.answer(renew.request(renewed)), renewed) as Refusal;
    expect([over.failure, over.code]).toEqual(['refused', 'session-refused']);
    if (end) expect(end.read(http.answer(end.request(renewed)), renewed)).toBeUndefined();
    expect(http.asked).toEqual(['login', 'renewal', 'renewal when the session is over', 'logout']);
  });

  it('for what there is of users', async () => {
    const actions = actionsOf(http, await login(http));
    expect(await actions.roles()).toEqual(['admin', 'user']);
    expect((await actions.profile()).email).toBe('ada@example.test');
    expect((await actions.user('sample-userId')).name).toBe('Ada');
    await expectAsync(actions.user('nobody')).toBeRejectedWith(withCode('not-found'));
    const late = actionsOf(http, { token: 'dead' }).roles();
    await expectAsync(late).toBeRejectedWith(withCode('token-expired'));
  });

  it('for accounts', async () => {
    const actions = actionsOf(http);
    const mary = await actions.register(MARY);
    expect([mary.id, averosAccount(mary).accountVerified]).toEqual(['sample-maryId', false]);
    const taken = actions.register({ ...MARY, userName: 'ada' });
    await expectAsync(taken).toBeRejectedWith(withCode('already-exists'));
    const weak = actions.register({ ...MARY, userName: 'joan', password: 'short' });
    await expectAsync(weak).toBeRejectedWith(withCode('invalid-input'));
    await actions.verifyAccount({ token: 'sample-verificationToken' });
    await actions.requestPasswordReset({ email: 'grace@example.test' });
    await actions.resetPassword({ token: 'sample-resetToken', password: 'another-secret' });
    for (const late of [
      actions.verifyAccount({ token: 'used up' }),
      actions.resetPassword({ token: 'used up', password: 'another-secret' }),
    ]) {
      await expectAsync(late).toBeRejectedWith(withCode('not-accepted'));
    }
  });

  it('whether names and addresses are taken', async () => {
    const { isUserNameTaken, isEmailTaken } = actionsOf(http);
    expect(await Promise.all(['ada', 'mary'].map(isUserNameTaken))).toEqual([true, false]);
    const addresses = ['ada@example.test', 'mary@example.test'];
    expect(await Promise.all(addresses.map(isEmailTaken))).toEqual([true, false]);
  });

  it('of the mock server too', async () => {
    const mock = fixtureHttp(SERVER, mockFixtures);
    const grant = await login(mock);
    expect<unknown>(grant.user?.roles).toEqual([]);
    const { renew, end } = sessionOf();
    const refused = renew.read(mock.answer(renew.request(grant)), grant) as Refusal;
    expect([refused.failure, refused.code]).toEqual(['misconfigured', 'not-implemented']);
    if (end) expect(end.read(mock.answer(end.request(grant)), grant)).toBeUndefined();
    expect(JSON.stringify(await actionsOf(mock, grant).profile())).not.toMatch(/latchkey-ada|sample-token/);
  });

  it('without a token where nobody has to be signed in, and always with cookies', () => {
    const requests: unknown[] = [];
    const { register, isUserNameTaken } = actionsOf(
      {
        send(exchange, input) {
          requests.push(exchange.request(input));
          return new Promise(() => undefined);
        },
      },
      { token: 'canary' },
    );
    void register(MARY);
    void isUserNameTaken('ada/../x');
    expect(JSON.stringify(requests)).not.toContain('canary');
    expect(requests).toEqual([
      jasmine.objectContaining({ credentials: 'include' }),
      { url: `${SERVER}/auth/users/ada%2F..%2Fx`, method: 'GET', credentials: 'include' },
    ]);
  });
});

for (const rolesFrom of ['login', 'look-up'] as const) {
  describe(`averos(): promises, roles by ${rolesFrom}`, () => {
    keepsItsPromises({
      provider: () => averos({ ...OPTIONS, rolesFrom }),
      input: ADA,
      signedIn: answerOf('login'),
      wrongPassword: answerOf('login with a wrong password'),
      renewed: answerOf('renewal'),
      refused: answerOf('renewal when the session is over'),
    });
  });
}

describe('averos(): statuses', () => {
  const meanings: readonly (readonly [status: number, failure: string, code: string])[] = [
    [442, 'refused', 'declined'],
    [446, 'not-now', 'quota-reached'],
    [460, 'refused', 'session-refused'],
    [461, 'misconfigured', 'not-implemented'],
    [471, 'refused', 'account-not-verified'],
    [429, 'not-now', 'rate-limited'],
    [503, 'not-now', 'server-error'],
    [418, 'not-now', 'unexpected-answer'],
  ];
  for (const [status, failure, code] of meanings) {
    it(`${status} of a login or an action is ${code}`, async () => {
      const http = always(answer(status, { message: 'So it is.' }));
      const told = jasmine.objectContaining({ failure, code, status, detail: 'So it is.' });
      await expectAsync(login(http)).toBeRejectedWith(told);
      await expectAsync(actionsOf(http, { token: 't' }).profile()).toBeRejectedWith(told);
      await expectAsync(actionsOf(http).requestPasswordReset({ email: 'a' })).toBeRejectedWith(told);
    });
  }

  it('of a renewal end the session only with 460, and with 401 in JSON', () => {
    const read = (status: number, json?: unknown) =>
      (sessionOf().renew.read(answer(status, json), { token: 't' }) as Refusal).failure;
    expect([read(460), read(460, {}), read(401, {})]).toEqual(Array(3).fill('refused'));
    expect([read(442, {}), read(471, {})]).toEqual(['needs-user', 'needs-user']);
    expect([read(401), read(403, {}), read(446, {}), read(400, {})]).toEqual(Array(4).fill('not-now'));
    expect(read(461)).toBe('misconfigured');
  });

  it('442 is a locked account where the server says so', async () => {
    const locked = login(always(answer(442, { code: 'account_locked' })));
    await expectAsync(locked).toBeRejectedWith(withCode('account-locked'));
  });

  it('of an API tell a dead token from a dead session', () => {
    const { judge } = averos(OPTIONS).api;
    const verdict = (status: number) =>
      judge?.({ url: '', status, header: () => null, body: null }, { token: 't' });
    expect([200, 403, 442, 446, 471].map(verdict)).toEqual(Array(5).fill('pass'));
    expect([401, 460].map(verdict)).toEqual(['token-dead', 'session-over']);
  });
});

describe('averos(): the user', () => {
  const userOf = async (session: object, options = OPTIONS): Promise<AuthUser | undefined> =>
    (await login(always(answer(200, { auth_token: { token: 't', ...session } })), options)).user;

  it('has its roles and permissions where the options say', async () => {
    const session = {
      _id: 7,
      role: 'admin',
      permissions: ['read'],
      team: { roles: [{ name: 'lead' }, 'member', 3], may: 'write' },
    };
    const usual = await userOf(session);
    expect([usual?.id, usual?.roles, usual?.permissions]).toEqual(['7', ['admin'], ['read']]);
    const told = await userOf(session, { ...OPTIONS, roles: 'team.roles', permissions: 'team.may' });
    expect([told?.roles, told?.permissions]).toEqual([['lead', 'member'], ['write']]);
  });

  it('is known by its name where it has no id, and not at all where it has neither', async () => {
    expect((await userOf({ userName: 'ada' }))?.id).toBe('ada');
    expect(await userOf({ _id: '', email: 'ada@example.test' })).toBeUndefined();
  });

  it('says whether its account is verified', async () => {
    const user = await userOf({ _id: '7', isEmailVerified: true, accountVerified: 'yes' });
    expect(user && averosAccount(user)).toEqual({
      emailVerified: true,
      accountVerified: false,
      locked: false,
    });
  });

  it('is not let in when the account is locked', async () => {
    const locked = userOf({ _id: '7', isAccountLocked: true });
    await expectAsync(locked).toBeRejectedWith(withCode('account-locked'));
  });

  it('stays who it was when a renewal has a new token only', () => {
    const { renew } = sessionOf();
    const held = { token: 'old', memory: { token: 'old', _id: '7', userName: 'ada' } };
    const grant = renew.read(answer(200, { auth_token: { token: 'new' } }), held) as Grant;
    expect<unknown>(grant.memory).toEqual({ token: 'new', _id: '7', userName: 'ada' });
    expect(grant.user?.id).toBe('7');
  });

  it('has the roles of a look-up by option, and keeps them through a renewal', async () => {
    const options = { ...OPTIONS, rolesFrom: 'look-up' } as const;
    const { identify, signIn } = averos(options);
    const http = fixtureHttp(SERVER, fixtures);
    const grant = (await signIn.start(ADA, http)) as Grant;
    expect(grant.user).toBeUndefined();
    const user = await identify?.(grant, http);
    expect([user?.id, user?.roles]).toEqual(['sample-userId', ['admin', 'user']]);
    const known = user && { ...user, roles: ['owner'] };
    const renewed = sessionOf(options).renew.read(answerOf('renewal'), { ...grant, user: known }) as Grant;
    expect(renewed.user?.roles).toEqual(['owner']);
  });
});

describe('averos(): the rest of the wire', () => {
  const provider = averos({ url: 'https://auth.test' });

  it('has cookies go to the APIs too, as the client of Averos does', () => {
    expect(provider.api.withCredentials).toBeTrue();
  });

  it('keeps every secret that a server sends with a user out of the profile', async () => {
    const sent = { token: 't', rtoken: 'a refresh token', password: 'plain', userName: 'ada' };
    const http: AuthHttp = {
      send: (exchange, input) =>
        Promise.resolve(
          exchange.read({ status: 200, headers: {}, json: { auth_token: sent } }, input) as never,
        ),
    };
    const grant = (await provider.signIn.start({ userName: 'ada', password: 'x' }, http)) as Grant;
    expect(grant.user?.profile).toEqual({ userName: 'ada' });
  });

  it('takes any answer to a logout but trouble, which is told again', () => {
    const { session } = provider;
    if (session.kind !== 'renewable' || !session.end) throw new Error('It has an end.');
    const read = (status: number): unknown =>
      session.end?.read({ status, headers: {}, json: undefined }, { token: 't' });
    expect([200, 401, 404, 461].map(read)).toEqual([undefined, undefined, undefined, undefined]);
    expect(read(503)).toEqual(jasmine.objectContaining({ failure: 'not-now' }));
  });
});

describe('averos(): options', () => {
  it('are looked at at once', () => {
    const make = (options: Partial<AverosOptions>) => () => averos({ ...OPTIONS, ...options });
    expect(make({ url: 'http://example.com' })).toThrow(withCode('insecure-url'));
    expect(make({ url: '/auth-server' })).toThrow(withCode('invalid-url-rule'));
    expect(make({ paths: { auth: 'auth' } })).toThrow(withCode('invalid-path'));
    expect(make({ paths: { users: '/users?x' } })).toThrow(withCode('invalid-path'));
  });

  it('can put the services elsewhere', async () => {
    const provider = averos({ url: 'https://a.test/base/', paths: { auth: '/id/', users: '/people' } });
    expect(provider.endpoints).toContain('https://a.test/base/id/login');
    expect(provider.api.origins).toEqual(['https://a.test']);
    expect(provider.audience).toBe('https://a.test/base');
  });

  it('can say how long a token lives', async () => {
    const grant = await login(fixtureHttp(SERVER, fixtures), { ...OPTIONS, tokenLifetime: 900 });
    expect(grant.expiresIn).toBe(900);
  });
});

describe('averos(): actions', () => {
  it('need their input, and send nothing without it', async () => {
    const { register, isUserNameTaken, verifyAccount, resetPassword } = actionsOf(fixtureHttp(SERVER, []));
    const lacking = { failure: 'needs-user', code: 'invalid-input' };
    const calls: readonly Promise<unknown>[] = [
      register({ ...MARY, password: '' }),
      isUserNameTaken(''),
      verifyAccount({ token: '' }),
      resetPassword({ token: 'x', password: '' }),
    ];
    for (const call of calls) {
      await expectAsync(call).toBeRejectedWith(jasmine.objectContaining(lacking));
    }
  });

  it('that need a session say so', async () => {
    const { roles, profile, user } = actionsOf(fixtureHttp(SERVER, []));
    const calls: readonly Promise<unknown>[] = [roles(), profile(), user('7')];
    for (const call of calls) {
      await expectAsync(call).toBeRejectedWith(withCode('unauthenticated'));
    }
  });

  const lookups: readonly (readonly [json: unknown, taken: boolean])[] = [
    [null, false],
    [{ exists: true }, true],
    [{ exists: false }, false],
    [{ userNameNotAvailable: true }, true],
    [{ userNameNotAvailable: false }, false],
  ];
  for (const [json, taken] of lookups) {
    it(`read ${JSON.stringify(json)} as ${taken ? 'taken' : 'free'}`, async () => {
      expect(await actionsOf(always(answer(200, json))).isUserNameTaken('ada')).toBe(taken);
    });
  }

  it('take no other answer for one', async () => {
    for (const strange of [answer(200), answer(200, {}), answer(200, 'yes'), answer(404, null)]) {
      const asked = actionsOf(always(strange)).isEmailTaken('ada@example.test');
      await expectAsync(asked).toBeRejectedWith(withCode('unexpected-answer'));
    }
    expect(await actionsOf(always(answer(200, { emailNotAvailable: true }))).isEmailTaken('a')).toBeTrue();
  });
});

describe('averos(): validators', () => {
  beforeEach(() => installFakeClock());
  afterEach(() => jasmine.clock().uninstall());

  it('ask when nobody types any more', async () => {
    const isUserNameTaken = jasmine.createSpy().and.resolveTo(true);
    const validate = averosUserNameAvailable({ isUserNameTaken }, { wait: 200 });
    const control = { value: 'ad' };
    const first = validate(control);
    jasmine.clock().tick(100);
    control.value = 'ada';
    const second = validate(control);
    jasmine.clock().tick(199);
    expect(await first).toBeNull();
    expect(isUserNameTaken).not.toHaveBeenCalled();
    jasmine.clock().tick(1);
    expect(await second).toEqual({ userNameNotAvailable: true });
    expect(isUserNameTaken.calls.allArgs()).toEqual([['ada']]);
  });

  it('let a name pass that is free, an empty field, and everything while the server cannot say', async () => {
    const verdict = (taken: Promise<boolean>, value: unknown) => {
      const outcome = averosEmailAvailable({ isEmailTaken: () => taken })({ value });
      jasmine.clock().tick(300);
      return outcome;
    };
    expect(await verdict(Promise.resolve(true), 'a@b')).toEqual({ emailNotAvailable: true });
    expect(await verdict(Promise.resolve(false), 'a@b')).toBeNull();
    expect(await verdict(Promise.resolve(true), '')).toBeNull();
    expect(await verdict(Promise.resolve(true), null)).toBeNull();
    expect(await verdict(Promise.reject(new Error('unreachable')), 'a@b')).toBeNull();
  });
});
