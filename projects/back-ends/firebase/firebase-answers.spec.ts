import { AuthError, type Grant, type Held } from 'ngx-latchkey/core';
import { type FirebaseActions, type FirebaseOptions, firebase } from 'ngx-latchkey/firebase';
import { contextOf } from '../harness/action-context';
import { type AnsweringHttp, answeringHttp } from '../harness/answering-http';

const EMAIL = 'ada@example.test';
const CONTINUE = 'https://app.example.test/next';

const tokenOf = (claims: object): string => {
  const part = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
};
const signInTo = (json: unknown, options: Partial<FirebaseOptions> = {}): Promise<Grant> =>
  firebase({ apiKey: 'web-key', projectId: 'demo-test', ...options }).signIn.start(
    { email: EMAIL, password: 'first-secret' },
    answeringHttp(json),
  ) as Promise<Grant>;
const answerOf = (claims: object): object => ({
  idToken: tokenOf({ sub: '7', ...claims }),
  refreshToken: 'sample-refresh-token',
  expiresIn: '3600',
});

describe('firebase(): what it makes of an answer', () => {
  const actionsAt = (http: AnsweringHttp): FirebaseActions => {
    const user = { id: '7', roles: ['admin'], permissions: ['publish'], profile: {} };
    const held: Held = { token: 'sample-id-token', user };
    const { actions } = firebase({ apiKey: 'web-key', projectId: 'demo-test' });
    const made = actions?.(contextOf({ http, held: () => held }));
    if (made === undefined) throw new Error('The provider has no actions.');
    return made;
  };
  const UNEXPECTED = [AuthError, /^unexpected-answer/] as const;

  it('hands on what an identity provider has handed out', async () => {
    const http = answeringHttp(answerOf({}));
    const { signIn } = firebase({ apiKey: 'web-key', projectId: 'demo-test' });
    await signIn.start({ providerId: 'google.com', idToken: 'sample-id', nonce: 'n&1' }, http);
    await signIn.start({ providerId: 'github.com', accessToken: 'sample-access' }, http);
    expect(http.requests.map(({ json }) => (json as Readonly<Record<string, unknown>>)['postBody'])).toEqual([
      'id_token=sample-id&nonce=n%261&providerId=google.com',
      'access_token=sample-access&providerId=github.com',
    ]);
  });

  it('finds roles and permissions where it is told to, and takes names only', async () => {
    const answer = answerOf({
      roles: ['elsewhere'],
      permissions: ['elsewhere'],
      app: { groups: ['editor', 7], may: 'publish' },
    });
    const { user } = await signInTo(answer, { roles: 'app.groups', permissions: 'app.may' });
    expect<unknown>(user).toEqual(jasmine.objectContaining({ roles: ['editor'], permissions: ['publish'] }));
  });

  it('takes no answer for a sign-in in which a token or the user is missing', async () => {
    const withoutSecret: Promise<unknown> = signInTo({ ...answerOf({}), refreshToken: undefined });
    await expectAsync(withoutSecret).toBeRejectedWithError(...UNEXPECTED);
    await expectAsync(signInTo(answerOf({ sub: undefined }))).toBeRejectedWithError(...UNEXPECTED);
  });

  it('signs in where nothing needs confirmation', async () => {
    const grant = await signInTo({ ...answerOf({}), needConfirmation: false });
    expect(grant.user?.id).toBe('7');
  });

  it('keeps secrets out of the profile, and permissions in the user', async () => {
    const account = {
      localId: '7',
      email: EMAIL,
      passwordHash: 'secret-hash',
      salt: 'secret-salt',
      idToken: tokenOf({ sub: '7' }),
      refreshToken: 'secret-refresh-token',
    };
    const actions = actionsAt(answeringHttp(account));
    const user = await actions.updateProfile({ displayName: 'Ada' });
    expect<unknown>(user.profile).toEqual({ localId: '7', email: EMAIL });
    expect(user.permissions).toEqual(['publish']);
  });

  it('says where the mails lead back to', async () => {
    const http = answeringHttp({});
    const actions = actionsAt(http);
    await actions.sendPasswordReset({ email: EMAIL, continueUrl: CONTINUE });
    await actions.sendVerification({ continueUrl: CONTINUE });
    expect<unknown>(http.requests.map(({ json }) => json)).toEqual([
      { requestType: 'PASSWORD_RESET', email: EMAIL, continueUrl: CONTINUE },
      { requestType: 'VERIFY_EMAIL', idToken: 'sample-id-token', continueUrl: CONTINUE },
    ]);
  });

  it('takes the page of a proxy for no success', async () => {
    const actions = actionsAt(answeringHttp(undefined));
    await expectAsync(actions.verifyEmail({ code: 'x' })).toBeRejectedWithError(...UNEXPECTED);
    const reset = actions.confirmPasswordReset({ code: 'x', password: 'second-secret' });
    await expectAsync(reset).toBeRejectedWithError(...UNEXPECTED);
  });
});
