import type { AuthHttp, Held, RenewableSession } from 'ngx-latchkey/core';
import { eightBase } from 'ngx-latchkey/eight-base';
import { contextOf } from '../harness/action-context';
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
