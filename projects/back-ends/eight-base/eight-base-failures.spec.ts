import { AuthError, type AuthHttp, type Held, type RenewableSession, isRefusal } from 'ngx-latchkey/core';
import { eightBase } from 'ngx-latchkey/eight-base';
import { contextOf } from '../harness/action-context';
import { documentedErrors } from '../harness/documented-errors';
import { readsFailuresAsWritten } from '../harness/failures-as-written';
import { fixtures } from './fixtures';

const SERVER = 'http://127.0.0.1:8000';
const provider = eightBase({
  url: SERVER,
  workspaceId: 'ckworkspace0001',
  authProfileId: 'ckprofile0001',
});
const login =
  (email: string, password = 'correct horse') =>
  (http: AuthHttp) =>
    provider.signIn.start({ email, password }, http);
const profileWith = (token: string) => (http: AuthHttp) =>
  provider.actions?.(contextOf({ http, held: () => ({ token }) })).profile() ?? Promise.resolve();
const renewWith = (secret: string) => (http: AuthHttp) =>
  http.send<Held, unknown>((provider.session as RenewableSession).renew, { token: '', secret });

describe('eightBase(): failures by the file', () => {
  readsFailuresAsWritten(
    SERVER,
    fixtures,
    [
      ['login with a wrong password', 'refused invalid-credentials', login('ada@example.test', 'wrong')],
      ['login before the address is confirmed', 'refused account-not-verified', login('eve@example.test')],
      ['login of a disabled account', 'refused account-locked', login('mallory@example.test')],
      ['user with a token that has run out', 'not-now token-expired', profileWith('sample-expiredToken')],
      [
        'user with something that is no token',
        'misconfigured token-not-accepted',
        profileWith('not-a-token'),
      ],
      ['renewal with a refresh token that is used up', 'refused session-refused', renewWith('used-up')],
    ],
    [
      'user of somebody without a row',
      'sign-up with an address that is taken',
      'password forgotten, with a wrong code',
    ],
  );
});

describe('eightBase(): failures by the guide', () => {
  const answering = (error: object): AuthHttp => ({
    async send(exchange, input) {
      const outcome = exchange.read(
        { status: 200, headers: {}, json: { errors: [error], data: null } },
        input,
      );
      if (isRefusal(outcome)) throw new AuthError(outcome);
      return outcome;
    },
  });
  const forgot = (http: AuthHttp) =>
    provider.actions?.(contextOf({ http })).forgotPassword({ email: 'ada@example.test' }) ??
    Promise.resolve();

  for (const { code, failure, says } of documentedErrors('eight-base', /^[A-Z]\w+Error$/)) {
    // What is said to a renewal is another matter.
    for (const word of code === 'session-refused' ? [] : says) {
      it(`reads ${word} as it says there: ${failure} ${code}`, async () => {
        await expectAsync(forgot(answering({ code: word, message: 'A sentence.' }))).toBeRejectedWith(
          jasmine.objectContaining({ failure, code, detail: 'A sentence.' }),
        );
      });
    }
  }

  it('repeats nothing of what was sent, as GraphQL servers do', async () => {
    const sent = '{ email: "ada@example.test", oldPassword: "correct horse", refreshToken: "r-secret" }';
    const message = `Variable "$data" got invalid value ${sent}; Field "authProfileId" of required type "ID!" was not provided.`;
    for (const code of ['ValidationError', 'InternalError', 'SomethingNewError', 'NotAuthorizedError']) {
      const error: unknown = await forgot(answering({ code, message })).catch((reason: unknown) => reason);
      const said = error instanceof AuthError ? error.message : '';
      expect(said).toContain('Field "authProfileId"');
      expect(said).not.toMatch(/correct horse|r-secret/);
    }
  });
});
