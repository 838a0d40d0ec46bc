import {
  AuthError,
  type Held,
  type JsonObject,
  type Refusal,
  type RenewableSession,
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
import { type AnsweringHttp, answeringHttp } from '../harness/answering-http';
import { SAMPLE_JWT } from '../harness/wire-fixture';

const OPTIONS: EightBaseOptions = { workspaceId: 'ckworkspace0001', authProfileId: 'ckprofile0001' };
const EMAIL = 'ada@example.test';

function errors(...list: readonly unknown[]): JsonObject {
  return { errors: list, data: null };
}

function actionsAt(http: AnsweringHttp, held: Held | null = null): EightBaseActions {
  const actions = eightBase(OPTIONS).actions?.(contextOf({ http, held: () => held }));
  if (actions === undefined) throw new Error('8base has actions.');
  return actions;
}

function tokenOf(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
}

function forgot(json: unknown): Promise<void> {
  return actionsAt(answeringHttp(json)).forgotPassword({ email: EMAIL });
}

describe('eightBase(): what it makes of an answer', () => {
  const meanings = [
    ['ExternalServiceError', 'A service did not answer.', 'not-now', 'server-error'],
    ['NotAuthorizedError', 'Password attempts exceeded', 'refused', 'account-locked'],
    ['ForcibleError', 'The e-mail addresses differ.', 'misconfigured', 'email-mismatch'],
  ] as const;
  for (const [code, message, failure, meant] of meanings) {
    it(`takes ${code} "${message}" for ${failure} ${meant}`, async () => {
      await expectAsync(forgot(errors({ code, message }))).toBeRejectedWith(
        jasmine.objectContaining({ failure, code: meant, detail: message }),
      );
    });
  }

  it('finds its own error among whatever else is there', async () => {
    const asked = forgot(errors(null, 'trouble', { message: 'No code.' }, { code: 'ValidationError' }));
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ code: 'invalid-input' }));
  });

  it('takes a success that says it was none for a failure', async () => {
    const asked = forgot({ data: { userPasswordForgot: { success: false } } });
    await expectAsync(asked).toBeRejectedWithError(AuthError, /^unexpected-answer/);
  });

  it('repeats nothing of what was sent over several lines either', async () => {
    const message = 'Variable "$data" got invalid value {\n  oldPassword: "correct horse"\n}';
    const error: unknown = await forgot(errors({ code: 'ValidationError', message })).catch(
      (reason: unknown) => reason,
    );
    expect((error as AuthError).detail).toBe('Variable "$data" got an invalid value');
  });

  it('takes an empty token for none', async () => {
    const login = (idToken: string, refreshToken: string) =>
      eightBase(OPTIONS).signIn.start(
        { email: EMAIL, password: 'correct horse' },
        answeringHttp({ data: { userLogin: { auth: { idToken, refreshToken } } } }),
      );
    await expectAsync(login('', 'sample-refresh')).toBeRejectedWithError(AuthError, /^unexpected-answer/);
    expect<unknown>(await login(SAMPLE_JWT, '')).toEqual(jasmine.objectContaining({ secret: undefined }));
  });

  it('says why a session is over, whatever else went wrong', () => {
    const session = eightBase(OPTIONS).session as RenewableSession;
    // A refresh token that comes twice is refused, so a renewal that may have arrived is not repeated lightly.
    expect(session.rotation).toBe('strict');
    const message = 'Refresh Token has been revoked';
    const json = errors({ code: 'InternalError', message: 'Sorry' }, { code: 'NotAuthorizedError', message });
    const read = session.renew.read({ status: 200, headers: {}, json }, { token: '' }) as Refusal;
    expect<unknown>(read).toEqual(
      jasmine.objectContaining({ failure: 'refused', code: 'session-refused', detail: message }),
    );
  });
});

describe('eightBase(): the user', () => {
  const userOf = (row: object) =>
    eightBase(OPTIONS).identify?.({ token: SAMPLE_JWT }, answeringHttp({ data: { user: row } }));

  it('may have nothing but an id', async () => {
    const nothing = { email: null, firstName: null, roles: { items: null }, permissions: null };
    for (const lastName of [null, '', ' ']) {
      expect(await userOf({ id: '1', ...nothing, lastName })).toEqual(
        jasmine.objectContaining({ name: undefined, email: undefined, roles: [], permissions: [] }),
      );
    }
    expect((await userOf({ id: '1', ...nothing, lastName: 'Lovelace' }))?.name).toBe('Lovelace');
    await expectAsync(userOf({ id: '' })).toBeRejectedWithError(AuthError, /^unexpected-answer/);
  });

  it("changes the password of the token's address where the row is not known", async () => {
    const token = tokenOf({ email: EMAIL });
    const http = answeringHttp({ data: { userChangePassword: { success: true } } });
    await actionsAt(http, { token }).changePassword({ oldPassword: 'a', newPassword: 'b' });
    expect(JSON.stringify(http.requests[0]?.json)).toContain(EMAIL);
  });

  it('gets a row with what the token or the application says', async () => {
    const rowOf = async (claims: object, newUser?: EightBaseOptions['newUser']) => {
      const http = answeringHttp(errors({ code: 'EntityNotFoundError' }));
      const { identify } = eightBase({ ...OPTIONS, ...(newUser && { newUser }) });
      await identify?.({ token: tokenOf(claims) }, http).catch(() => undefined);
      return memberAt(http.requests[1]?.json, 'variables.user');
    };
    const names = { given_name: 'Ada', family_name: 'Lovelace' };
    const row = { email: EMAIL, firstName: 'Ada', lastName: 'Lovelace' };
    expect(await rowOf({ email: EMAIL, ...names })).toEqual(row);
    expect(Object.keys((await rowOf({ email: EMAIL, given_name: 7 })) as object)).toEqual(['email']);
    const own = { email: EMAIL, timezone: 'Europe/London' };
    expect(await rowOf({ email: EMAIL, ...names }, () => own)).toEqual(own);
    expect(await rowOf({}, () => ({ email: '' }))).toBeUndefined();
  });

  it('is looked for again where another tab has made the row meanwhile', async () => {
    const http = answeringHttp(errors({ code: 'EntityNotFoundError' }, { code: 'EntityExistsError' }));
    const asked = eightBase(OPTIONS).identify?.({ token: tokenOf({ email: EMAIL }) }, http);
    await expectAsync(asked).toBeRejectedWithError(AuthError, /^email-mismatch/);
    expect(http.requests.length).toBe(3);
  });

  it('has to say who it is', async () => {
    const http = answeringHttp({});
    const asked = eightBase(OPTIONS).signIn.start({ email: EMAIL, password: '' }, http);
    await expectAsync(asked).toBeRejectedWithError(AuthError, /^invalid-input/);
    expect(http.requests).toEqual([]);
  });

  it('is another in another workspace, environment or authentication profile', () => {
    const audiences = [{}, { workspaceId: 'ck2' }, { environment: 'Staging' }, { authProfileId: 'ck3' }].map(
      change => eightBase({ ...OPTIONS, ...change }).audience,
    );
    expect(new Set(audiences).size).toBe(4);
    expect(eightBase({ ...OPTIONS, url: 'https://api.8base.com//' }).audience).toBe(audiences[0] ?? '');
    expect(() => eightBase({ ...OPTIONS, workspaceId: 'ck1/other' })).toThrowError(AuthError, /invalid-path/);
  });
});

describe('eightBase(): what goes along', () => {
  it('is the ID token and the workspace', () => {
    const { api } = eightBaseApi(OPTIONS);
    const held: Held = { token: 'access', memory: { idToken: SAMPLE_JWT } };
    expect(api.token?.(held)).toBe(SAMPLE_JWT);
    expect(api.headers?.(held)).toEqual({
      Authorization: `Bearer ${SAMPLE_JWT}`,
      workspace: 'ckworkspace0001',
    });
  });

  it('is the environment in a subscription', () => {
    const payload = eightBaseConnection({ workspaceId: 'ck1', environment: 'Staging' });
    expect(payload('token').environmentName).toBe('Staging');
  });
});
