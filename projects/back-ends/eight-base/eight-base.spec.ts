import {
  type AuthHttp,
  type Grant,
  type Held,
  type Json,
  type Refusal,
  type RenewableSession,
  type WireAnswer,
  AuthError,
  isRefusal,
  memberAt,
} from 'ngx-latchkey/core';
import {
  type EightBaseActions,
  type EightBaseOptions,
  eightBase,
  eightBaseApi,
  eightBaseConnection,
} from 'ngx-latchkey/eight-base';
import { contextOf } from '../harness/action-context';
import { type FixtureHttp, fixtureHttp } from '../harness/fixture-http';
import { keepsItsPromises } from '../harness/promises';
import { SAMPLE_JWT } from '../harness/wire-fixture';
import { answerOf, fixtures } from './fixtures';

const SERVER = 'http://127.0.0.1:8000';
const OPTIONS: EightBaseOptions = {
  url: SERVER,
  workspaceId: 'ckworkspace0001',
  authProfileId: 'ckprofile0001',
};
const ADA = { email: 'ada@example.test', password: 'correct horse' };
const HELD: Held = { token: SAMPLE_JWT, secret: 'sample-refreshToken' };

function withCode(code: string): jasmine.ObjectContaining<unknown> {
  return jasmine.objectContaining({ code });
}

function error(code: string, message = '', status = 200): WireAnswer {
  return { status, headers: {}, json: { errors: [{ code, message }], data: null } };
}

function sessionOf(options = OPTIONS): RenewableSession {
  return eightBase(options).session as RenewableSession;
}

function actionsOf(http: AuthHttp, held: Held | null = HELD, options = OPTIONS): EightBaseActions {
  const actions = eightBase(options).actions?.(
    contextOf({ http, held: () => held, signIn: () => Promise.resolve() }),
  );
  if (actions === undefined) throw new Error('8base has actions.');
  return actions;
}

describe('eightBase(): asks what is written', () => {
  let http: FixtureHttp;

  beforeEach(() => {
    http = fixtureHttp(SERVER, fixtures);
  });

  it('to sign in', async () => {
    const grant = (await eightBase(OPTIONS).signIn.start(ADA, http)) as Grant;
    expect<unknown>(grant).toEqual({ token: SAMPLE_JWT, secret: 'sample-refreshToken' });
  });

  it('to renew, without the old token', () => {
    const { renew } = sessionOf();
    const answer = http.answer(renew.request(HELD));
    expect(http.asked).toEqual(['renewal, without the old token']);
    expect<unknown>(renew.read(answer, HELD) as Grant).toEqual({
      token: SAMPLE_JWT,
      secret: 'sample-nextRefreshToken',
    });
  });

  it('for refresh tokens where a worker finds them', () => {
    const found = ['login', 'renewal, without the old token'].map(name =>
      sessionOf().secretAt?.map(path => memberAt(answerOf(name).json, path)),
    );
    expect(found).toEqual([
      ['sample-refreshToken', undefined],
      [undefined, 'sample-nextRefreshToken'],
    ]);
  });

  it('who the user is, with roles and permissions', async () => {
    const user = await eightBase(OPTIONS).identify?.(HELD, http);
    expect(user).toEqual({
      id: 'sample-userId',
      name: 'Ada Lovelace',
      email: 'ada@example.test',
      roles: ['Editor'],
      permissions: ['data.Posts.create', 'data.Posts.read', 'custom.logic.invoke'],
      profile: jasmine.objectContaining({ firstName: 'Ada' }),
    });
  });

  it('for a row once, and calls it a mismatch when there is none afterwards', async () => {
    const options = { ...OPTIONS, newUser: () => ({ email: 'grace@example.test' }) };
    const asked = eightBase(options).identify?.({ token: 'sample-newToken' }, http);
    await expectAsync(asked).toBeRejectedWith(withCode('email-mismatch'));
    const row = 'user of somebody without a row';
    expect(http.asked).toEqual([row, 'sign-up with a token', row]);
  });

  it('with an ID token that is held beside the access token', async () => {
    const held = { token: 'access-token', memory: { idToken: SAMPLE_JWT } };
    await eightBaseApi(OPTIONS).identify?.(held, http);
    expect(http.asked).toEqual(['user']);
  });

  it('for what else 8base can do', async () => {
    const held = { token: SAMPLE_JWT, secret: 'sample-nextRefreshToken', user: await userOf(http) };
    const actions = actionsOf(http, held);
    const { email } = ADA;
    await actions.signUpWithPassword({
      email: 'hopper@example.test',
      firstName: 'Hopper',
      password: 'battery staple',
    });
    await actions.resendVerification({ email: 'eve@example.test' });
    await actions.forgotPassword({ email: 'grace@example.test' });
    const reset = { email: 'grace@example.test', newPassword: 'battery staple' };
    await actions.confirmForgotPassword({ ...reset, code: '246810' });
    await actions.changePassword({ oldPassword: 'correct horse', newPassword: 'battery staple' });
    expect((await actions.profile()).email).toBe(email);
    const taken = actions.signUpWithPassword({ email, password: 'battery staple' });
    await expectAsync(taken).toBeRejectedWith(withCode('already-exists'));
    const wrong = actions.confirmForgotPassword({ ...reset, code: '000000' });
    await expectAsync(wrong).toBeRejectedWith(withCode('invalid-input'));
  });

  const userOf = async (from: AuthHttp) => eightBase(OPTIONS).identify?.(HELD, from);
});

describe('eightBase(): promises', () => {
  keepsItsPromises({
    provider: () => eightBase(OPTIONS),
    input: ADA,
    signedIn: answerOf('login'),
    wrongPassword: answerOf('login with a wrong password'),
    renewed: answerOf('renewal, without the old token'),
    refused: answerOf('renewal with a refresh token that is used up'),
  });
});

describe('eightBase(): errors', () => {
  const rowOf = (answer: WireAnswer, held: Held = HELD, options = OPTIONS) => {
    const http: AuthHttp = {
      async send(exchange, input) {
        exchange.request(input);
        const outcome = exchange.read(answer, input);
        if (isRefusal(outcome)) throw new AuthError(outcome);
        return outcome;
      },
    };
    return eightBase(options).identify?.(held, http);
  };

  for (const status of [200, 400, 502]) {
    it(`are read by their code, also with status ${String(status)}`, async () => {
      const asked = rowOf(error('NotAuthorizedError', 'Not Authorized', status));
      await expectAsync(asked).toBeRejectedWith(
        jasmine.objectContaining({
          failure: 'misconfigured',
          code: 'role-may-not-get-token',
          detail: 'Not Authorized',
          status,
        }),
      );
    });
  }

  const meanings: readonly (readonly [code: string, message: string, read: string])[] = [
    ['InvalidTokenError', 'Token invalid', 'token-not-accepted'],
    ['TokenExpiredError', 'Token expired', 'token-expired'],
    ['ThrottlingThresholdReachedError', '', 'rate-limited'],
    ['InternalError', '', 'server-error'],
    ['InvalidArgumentError', 'Email does not match the token.', 'email-mismatch'],
    ['MissingHeaderError', 'Workspace not found.', 'workspace-unknown'],
    ['SomethingNewError', 'What is this?', 'unexpected-answer'],
    ['constructor', '', 'unexpected-answer'],
  ];
  for (const [code, message, read] of meanings) {
    it(`take ${code} for ${read}`, async () => {
      await expectAsync(rowOf(error(code, message))).toBeRejectedWith(withCode(read));
    });
  }

  it('say so when the token has no e-mail address to sign up with', async () => {
    await expectAsync(rowOf(error('EntityNotFoundError'))).toBeRejectedWith(withCode('token-without-email'));
  });

  it('say so when the new row would have another address than the token', async () => {
    const claims = Buffer.from(JSON.stringify({ email: 'Ada@example.test' })).toString('base64url');
    const asked = (email: string) =>
      rowOf(
        error('EntityNotFoundError'),
        { token: `e30.${claims}.` },
        { ...OPTIONS, newUser: () => ({ email }) },
      );
    await expectAsync(asked('eve@example.test')).toBeRejectedWith(withCode('email-mismatch'));
    // The same address in other letters is sent, and what comes back is another failure.
    await expectAsync(asked('ada@example.test')).toBeRejectedWith(withCode('unexpected-answer'));
  });

  it('end a session only where they speak of the refresh token', () => {
    const read = (code: string, message: string, status = 200) =>
      (sessionOf().renew.read(error(code, message, status), HELD) as Refusal).failure;
    expect(read('TokenExpiredError', 'Refresh Token has expired', 502)).toBe('refused');
    expect(read('NotAuthorizedError', 'Refresh Token has been revoked')).toBe('refused');
    expect(read('InvalidTokenError', 'Token invalid')).toBe('refused');
    expect(read('TokenExpiredError', 'Token expired')).toBe('not-now');
    expect(read('NotAuthorizedError', 'Not Authorized')).toBe('misconfigured');
    for (const code of ['UserNotFoundError', 'ValidationError', 'EntityExistsError', 'InternalError', 'x']) {
      expect(read(code, '')).withContext(code).toBe('not-now');
    }
  });

  it("of an action without a session are the application's", async () => {
    const actions = actionsOf(fixtureHttp(SERVER, fixtures), null);
    await expectAsync(actions.profile()).toBeRejectedWith(withCode('unauthenticated'));
    const change = actions.changePassword({ oldPassword: 'a', newPassword: 'b' });
    await expectAsync(change).toBeRejectedWith(withCode('unauthenticated'));
  });
});

describe('eightBase(): the API side', () => {
  const judge = (body: unknown, status = 200) =>
    eightBaseApi(OPTIONS).api.judge?.({ url: '', status, header: () => null, body }, HELD);

  it('finds a dead token in the body of any status', () => {
    const { json } = answerOf('user with a token that has run out');
    expect([200, 400, 502].map(status => judge(json, status))).toEqual(Array(3).fill('token-refused'));
    expect(judge(answerOf('user with something that is no token').json)).toBe('token-refused');
    expect(judge(null, 401)).toBe('token-dead');
  });

  it('lets everything else pass', () => {
    for (const name of ['user', 'user of somebody without a row', 'login with a wrong password']) {
      expect(judge(answerOf(name).json))
        .withContext(name)
        .toBe('pass');
    }
    expect(judge(answerOf('renewal with a refresh token that is used up').json)).toBe('pass');
    expect(judge({ errors: [{ message: 'Token expired', extensions: { code: 'TokenExpiredError' } }] })).toBe(
      'pass',
    );
  });

  it('sends the ID token, and the access token only where there is no other', () => {
    const bearer = (memory?: Json) =>
      eightBaseApi(OPTIONS).api.headers?.({ token: 'access', memory })['Authorization'];
    expect(bearer({ idToken: 'id' })).toBe('Bearer id');
    expect(bearer({ idToken: '' })).toBe('Bearer access');
    expect(bearer()).toBe('Bearer access');
  });

  it('goes to the one workspace, and where the application says', () => {
    const { origins } = eightBaseApi({ ...OPTIONS, api: ['https://api.example.com'] }).api;
    expect(origins).toEqual([`${SERVER}/ckworkspace0001`, 'https://api.example.com']);
    const { api } = eightBaseApi({ workspaceId: 'ck1', authProfileId: 'ck2', environment: 'Staging' });
    expect(api.origins).toEqual(['https://api.8base.com/ck1_Staging']);
  });

  it('reads roles and permissions where the application keeps them', async () => {
    const http: AuthHttp = {
      async send(exchange, input) {
        const { json } = exchange.request(input);
        expect(JSON.stringify(json)).toContain('team { roles { items { name } } grants }');
        const row = { id: '1', team: { roles: { items: [{ name: 'Lead' }] }, grants: ['a', 'b'] } };
        const outcome = exchange.read({ status: 200, headers: {}, json: { data: { user: row } } }, input);
        if (isRefusal(outcome)) throw new AuthError(outcome);
        return outcome;
      },
    };
    const options = {
      ...OPTIONS,
      userFields: 'team { roles { items { name } } grants }',
      roles: 'team.roles.items',
      permissions: 'team.grants',
    };
    const user = await eightBaseApi(options).identify?.(HELD, http);
    expect([user?.roles, user?.permissions, user?.name]).toEqual([['Lead'], ['a', 'b'], undefined]);
  });

  it('is refused for URLs and workspaces that cannot be', () => {
    const make = (change: Partial<EightBaseOptions>) => () => eightBaseApi({ ...OPTIONS, ...change });
    expect(make({ url: 'http://api.8base.com' })).toThrow(withCode('insecure-url'));
    expect(make({ workspaceId: '' })).toThrow(withCode('invalid-path'));
    expect(make({ workspaceId: '../other' })).toThrow(withCode('invalid-path'));
  });

  it('says in a subscription who is there', () => {
    expect(eightBaseConnection({ workspaceId: 'ck1' })('token')).toEqual({
      token: 'token',
      workspaceId: 'ck1',
      environmentName: 'Master',
    });
  });
});
