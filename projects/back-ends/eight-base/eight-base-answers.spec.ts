import {
  AuthError,
  type Held,
  type JsonObject,
  type Refusal,
  type RenewableSession,
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

function forgot(json: unknown): Promise<void> {
  return actionsAt(answeringHttp(json)).forgotPassword({ email: EMAIL });
}

describe('eightBase(): what it makes of an answer', () => {
  const meanings: readonly (readonly [code: string, message: string, read: string])[] = [
    ['ExternalServiceError', 'A service did not answer.', 'not-now server-error'],
    ['NotAuthorizedError', 'Password attempts exceeded', 'refused account-locked'],
    ['ForcibleError', 'The e-mail addresses differ.', 'misconfigured email-mismatch'],
  ];
  for (const [code, message, read] of meanings) {
    it(`takes ${code} "${message}" for ${read}`, async () => {
      const [failure, meant] = read.split(' ');
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
    expect(await login(SAMPLE_JWT, '')).toEqual(jasmine.objectContaining({ secret: undefined }));
  });

  it('says why a session is over, whatever else went wrong', () => {
    const session = eightBase(OPTIONS).session as RenewableSession;
    // A refresh token that comes twice is refused, so a renewal that may have arrived is not repeated lightly.
    expect(session.rotation).toBe('strict');
    const message = 'Refresh Token has been revoked';
    const json = errors({ code: 'InternalError', message: 'Sorry' }, { code: 'NotAuthorizedError', message });
    const read = session.renew.read({ status: 200, headers: {}, json }, { token: '' }) as Refusal;
    expect(read).toEqual(
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
    const token = `e30.${Buffer.from(JSON.stringify({ email: EMAIL })).toString('base64url')}.`;
    const http = answeringHttp({ data: { userChangePassword: { success: true } } });
    await actionsAt(http, { token }).changePassword({ oldPassword: 'a', newPassword: 'b' });
    expect(JSON.stringify(http.requests[0]?.json)).toContain(EMAIL);
  });

  it('is another in another workspace, environment or authentication profile', () => {
    const audiences = [{}, { workspaceId: 'ck2' }, { environment: 'Staging' }, { authProfileId: 'ck3' }].map(
      change => eightBase({ ...OPTIONS, ...change }).audience,
    );
    expect(new Set(audiences).size).toBe(4);
  });
});

describe('eightBaseApi(): what goes along', () => {
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
