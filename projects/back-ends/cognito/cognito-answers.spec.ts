import {
  AuthError,
  type Challenge,
  type Grant,
  type Held,
  type JsonObject,
  isRefusal,
} from 'ngx-latchkey/core';
import { type CognitoActions, type CognitoOptions, cognito } from 'ngx-latchkey/cognito';
import { contextOf } from '../harness/action-context';
import { type AnsweringHttp, answeringHttp } from '../harness/answering-http';
import { SAMPLE_JWT } from '../harness/wire-fixture';

const OPTIONS: CognitoOptions = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_Double123',
  clientId: '1client',
};
const asked = { username: 'ada', session: null };
const UNEXPECTED = [AuthError, /^unexpected-answer/] as const;

const tokenOf = (claims: object): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const answerOf = (claims: object, change: JsonObject = {}): JsonObject => ({
  AuthenticationResult: {
    AccessToken: SAMPLE_JWT,
    IdToken: tokenOf({ sub: '7', ...claims }),
    RefreshToken: 'sample-refresh',
    ExpiresIn: 3600,
    ...change,
  },
});
const signInTo = (json: unknown, options: Partial<CognitoOptions> = {}, status = 200): Promise<Grant> =>
  cognito({ ...OPTIONS, ...options }).signIn.start(
    { username: 'ada', password: 'x' },
    answeringHttp(json, status),
  ) as Promise<Grant>;

describe('cognito(): what it makes of an answer', () => {
  const actionsAt = (
    http: AnsweringHttp,
    held: Held | null = null,
    options: Partial<CognitoOptions> = {},
  ): CognitoActions => {
    const actions = cognito({ ...OPTIONS, ...options }).actions?.(contextOf({ http, held: () => held }));
    if (actions === undefined) throw new Error('Cognito has actions.');
    return actions;
  };

  it('finds roles and permissions where it is told to, in lists and in texts', async () => {
    const claims = {
      'cognito:groups': ['admins', 7],
      'custom:roles': 'lead, editor  author,',
      may: ['publish'],
    };
    expect((await signInTo(answerOf(claims))).user).toEqual(
      jasmine.objectContaining({ roles: ['admins'], permissions: [] }),
    );
    const { user } = await signInTo(answerOf(claims), { roles: 'custom:roles', permissions: 'may' });
    expect<unknown>(user).toEqual(
      jasmine.objectContaining({ roles: ['lead', 'editor', 'author'], permissions: ['publish'] }),
    );
  });

  it('calls a user without a name by the user name', async () => {
    const named = { name: 'Ada Lovelace', 'cognito:username': 'ada', email: 'ada@example.test' };
    expect((await signInTo(answerOf(named))).user).toEqual(
      jasmine.objectContaining({ id: '7', name: 'Ada Lovelace', email: 'ada@example.test' }),
    );
    expect((await signInTo(answerOf({ 'cognito:username': 'ada' }))).user?.name).toBe('ada');
  });

  it('takes for the life of an ID token what the token says, and keeps the access token beside it', async () => {
    const byId = await signInTo(answerOf({}), { token: 'id' });
    expect<unknown>(byId).toEqual(
      jasmine.objectContaining({
        token: tokenOf({ sub: '7' }),
        expiresIn: undefined,
        memory: { accessToken: SAMPLE_JWT },
      }),
    );
    expect((await signInTo(answerOf({}))).expiresIn).toBe(3600);
    expect((await signInTo(answerOf({}, { ExpiresIn: '3600' }))).expiresIn).toBeUndefined();
    const http = answeringHttp({});
    const change = { previous: 'old', proposed: 'new' };
    await actionsAt(http, byId, { token: 'id' }).changePassword(change);
    expect<unknown>(http.requests[0]?.json).toEqual({
      AccessToken: SAMPLE_JWT,
      PreviousPassword: 'old',
      ProposedPassword: 'new',
    });
  });

  it('takes no answer for a session or a profile in which something is missing', async () => {
    await expectAsync(signInTo(answerOf({}, { AccessToken: '' }))).toBeRejectedWithError(...UNEXPECTED);
    const held: Held = { token: SAMPLE_JWT };
    const actions = actionsAt(answeringHttp({ UserAttributes: [] }), held);
    await expectAsync(actions.profile()).toBeRejectedWithError(...UNEXPECTED);
    const account = { username: 'kim', password: 'x' };
    await expectAsync(actions.signUp(account)).toBeRejectedWithError(...UNEXPECTED);
  });

  it('keeps the roles of the session in a profile', async () => {
    const user = { id: '7', roles: ['admins'], permissions: ['publish'], profile: {} };
    const attributes = { Username: 'ada', UserAttributes: [{ Name: 'sub', Value: '7' }] };
    const profile = await actionsAt(answeringHttp(attributes), { token: SAMPLE_JWT, user }).profile();
    expect<unknown>(profile).toEqual(
      jasmine.objectContaining({ id: '7', name: 'ada', roles: ['admins'], permissions: ['publish'] }),
    );
  });

  it('says that an address is taken by another account', async () => {
    const asked = signInTo({ __type: 'AliasExistsException', message: 'Taken.' }, {}, 400);
    await expectAsync(asked).toBeRejectedWith(
      jasmine.objectContaining({ failure: 'refused', code: 'username-taken' }),
    );
  });

  it('says that a challenge has expired', async () => {
    const asked = signInTo(
      { __type: 'NotAuthorizedException', message: 'Your session has expired.' },
      {},
      400,
    );
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ code: 'challenge-expired' }));
  });

  it('answers a challenge under the name that Cognito gave, and in its session if there is one', async () => {
    const { signIn } = cognito(OPTIONS);
    const http = answeringHttp(answerOf({}));
    for (const [session, user] of [
      ['sample-session', { USER_ID_FOR_SRP: 'sub-7' }],
      [undefined, {}],
    ] as const) {
      const asked = { ChallengeName: 'SMS_MFA', Session: session, ChallengeParameters: user };
      const challenge = await signIn.start({ username: 'ada', password: 'x' }, answeringHttp(asked));
      await signIn.answer?.(challenge as Challenge, { code: '123456' }, http);
    }
    const known = { ClientId: '1client', ChallengeName: 'SMS_MFA' };
    expect<unknown>(http.requests.map(({ json }) => json)).toEqual([
      {
        ...known,
        Session: 'sample-session',
        ChallengeResponses: { USERNAME: 'sub-7', SMS_MFA_CODE: '123456' },
      },
      { ...known, ChallengeResponses: { USERNAME: 'ada', SMS_MFA_CODE: '123456' } },
    ]);
  });

  it('calls a new password weak, and an old one wrong', async () => {
    const weak = answeringHttp({ __type: 'InvalidPasswordException', message: 'No.' }, 400);
    const challenge = { challenge: 'NEW_PASSWORD_REQUIRED', parameters: {}, transaction: asked };
    const answered = cognito(OPTIONS).signIn.answer?.(challenge, { newPassword: 'x' }, weak);
    await expectAsync(Promise.resolve(answered)).toBeRejectedWithError(AuthError, /^weak-password/);
    const code = cognito(OPTIONS).signIn.answer?.(
      { ...challenge, challenge: 'SMS_MFA' },
      { code: '1' },
      weak,
    );
    await expectAsync(Promise.resolve(code)).toBeRejectedWithError(AuthError, /^invalid-credentials/);
  });

  it('ends the session here too when it is ended everywhere', async () => {
    const end = jasmine.createSpy('end').and.resolveTo();
    const held: Held = { token: SAMPLE_JWT };
    const context = contextOf({ http: answeringHttp({}), held: () => held, end });
    await cognito(OPTIONS).actions?.(context).globalSignOut();
    expect(end).toHaveBeenCalledTimes(1);
  });

  it('says what Cognito called a mistake in the configuration', async () => {
    const asked = signInTo({ __type: 'ResourceNotFoundException', message: 'No pool.' }, {}, 400);
    await expectAsync(asked).toBeRejectedWith(
      jasmine.objectContaining({ code: 'not-configured', facts: ['ResourceNotFound'] }),
    );
  });

  it('does not take a logout for done that failed', () => {
    const { session } = cognito(OPTIONS);
    const end = session.kind === 'renewable' ? session.end : undefined;
    const answer = { status: 503, headers: {}, json: undefined };
    expect(isRefusal(end?.read(answer, { token: '' }))).toBeTrue();
  });

  it('goes where the application says, and renews as the pool does', () => {
    const { api, session } = cognito({ ...OPTIONS, api: ['https://api.test'], rotation: 'strict' });
    expect(api.origins).toEqual(['https://api.test']);
    expect(session.kind === 'renewable' && session.rotation).toBe('strict');
    const usual = cognito(OPTIONS).session;
    expect(usual.kind === 'renewable' && usual.rotation).toBe('grace');
  });
});
