import { AuthError, type Grant, type Held, type WireAnswer, isRefusal } from 'ngx-latchkey/core';
import { firebase } from 'ngx-latchkey/firebase';
import { contextOf } from '../harness/action-context';
import { type FixtureHttp, fixtureHttp } from '../harness/fixture-http';
import { keepsItsPromises } from '../harness/promises';
import { SAMPLE_JWT, filled } from '../harness/wire-fixture';
import { FIREBASE_FIXTURES } from './wire-fixtures';

const EMULATOR = 'http://127.0.0.1:9099';
const EMAIL = 'ada@example.test';
const provider = () => firebase({ apiKey: 'web-key', projectId: 'demo-test', emulator: EMULATOR });

function recorded(name: string): WireAnswer {
  const fixture = FIREBASE_FIXTURES.find(one => one.name === name);
  if (fixture === undefined) throw new Error(`There is no fixture "${name}".`);
  return { status: fixture.answer.status, headers: {}, json: filled(fixture.answer.json ?? {}) };
}

/** An answer as Identity Toolkit writes its failures. */
function failure(message: string, status = 400): WireAnswer {
  return { status, headers: {}, json: { error: { code: status, message, errors: [{ message }] } } };
}

describe('firebase(): on the wire', () => {
  let http: FixtureHttp;
  let held: Held | null;

  beforeEach(() => {
    http = fixtureHttp(EMULATOR, FIREBASE_FIXTURES);
    held = { token: SAMPLE_JWT, user: { id: '7', roles: ['admin'], permissions: [], profile: {} } };
  });

  const actions = () => {
    const context = contextOf({
      http,
      signIn: async grant => {
        held = grant;
      },
      held: () => held,
    });
    const made = provider().actions?.(context);
    if (made === undefined) throw new Error('The provider has no actions.');
    return made;
  };

  const signIns = [
    ['password', { email: EMAIL, password: 'first-secret' }],
    ['sign up anonymously', { anonymous: true }],
    ['custom token', { customToken: '{"uid":"grace","claims":{"roles":["editor"]}}' }],
    [
      'identity provider',
      {
        providerId: 'google.com',
        idToken: '{"sub":"google-7","email":"alan@example.test","email_verified":true}',
      },
    ],
    [
      'e-mail link',
      {
        email: 'joan@example.test',
        link: 'https://demo.firebaseapp.com/__/auth/action?mode=signIn&oobCode=sample-link-code',
      },
    ],
  ] as const;
  for (const [name, input] of signIns) {
    it(`signs in: ${name}`, async () => {
      const grant = (await provider().signIn.start(input, http)) as Grant;
      expect(http.asked).toEqual([name]);
      expect(grant).toEqual(jasmine.objectContaining({ token: SAMPLE_JWT, expiresIn: 3600 }));
      expect(grant.secret).toMatch(/^sample-/);
      expect(grant.user?.id).toBe('7');
    });
  }

  it('finds the code also in a link that opens an app', async () => {
    const inner = encodeURIComponent('https://demo.firebaseapp.com/__/auth/action?oobCode=sample-link-code');
    const link = `https://demo.firebaseapp.com/__/auth/links?link=${inner}`;
    await provider().signIn.start({ email: 'joan@example.test', link }, http);
    expect(http.asked).toEqual(['e-mail link']);
  });

  it('asks for what is missing, and sends nothing', async () => {
    for (const input of [
      { email: EMAIL },
      { email: EMAIL, password: '' },
      { password: 'first-secret' },
      { email: EMAIL, link: 'https://app.test' },
      { email: EMAIL, link: 'no link' },
      { providerId: 'google.com' },
      { anonymous: false },
      { customToken: 7 },
    ]) {
      const login = provider().signIn.start(input as never, http);
      await expectAsync(login).toBeRejectedWithError(AuthError, /^invalid-input: .*customToken/);
    }
    expect(http.asked).toEqual([]);
  });

  it('asks for everything else as the fixtures say', async () => {
    const made = actions();
    await made.sendPasswordReset({ email: EMAIL });
    await made.sendPasswordReset({ email: 'nobody@example.test' });
    await made.sendVerification();
    await made.sendSignInLink({
      email: 'joan@example.test',
      continueUrl: 'https://app.example.test/login',
    });
    await made.confirmPasswordReset({ code: 'sample-reset-code', password: 'second-secret' });
    await made.verifyEmail({ code: 'sample-verify-code' });
    const profile = await made.profile();
    expect(profile).toEqual(jasmine.objectContaining({ email: EMAIL, roles: ['admin'] }));
    await made.updateProfile({ displayName: 'Ada' });
    await made.deleteAccount();
    await made.signUp({ email: EMAIL, password: 'first-secret' });
    expect(http.asked).toEqual([
      'mail a reset',
      'mail a reset to an unknown address',
      'mail a verification',
      'mail a link to sign in',
      'reset',
      'verify',
      'profile',
      'update',
      'delete',
      'sign up',
    ]);
  });

  it('renews by a form', () => {
    const { session } = provider();
    if (session.kind !== 'renewable') throw new Error('It can be renewed.');
    expect(session.rotation).toBe('none');
    const answer = http.answer(session.renew.request({ token: '', secret: 'sample-refresh-token' }));
    expect(session.renew.read(answer, { token: '' })).toEqual(
      jasmine.objectContaining({ token: SAMPLE_JWT, secret: 'sample-refresh-token', expiresIn: 3600 }),
    );
    expect(http.asked).toEqual(['refresh']);
  });

  it("asks Google's servers where there is no emulator, and nobody by plain http", () => {
    const { endpoints, audience, session, api } = firebase({
      apiKey: 'a&b',
      projectId: 'shop',
      api: ['https://api.test'],
    });
    expect(endpoints).toEqual([
      'https://identitytoolkit.googleapis.com/v1',
      'https://securetoken.googleapis.com/v1',
    ]);
    expect(audience).toBe('https://securetoken.google.com/shop');
    expect(provider().audience).toBe(`${EMULATOR}/demo-test`);
    expect(api.origins).toEqual(['https://api.test']);
    const url = session.kind === 'renewable' && session.renew.request({ token: '' }).url;
    expect(url).toBe('https://securetoken.googleapis.com/v1/token?key=a%26b');
    expect(() => firebase({ apiKey: '', projectId: '', emulator: 'http://192.168.0.7:9099' })).toThrowError(
      AuthError,
      /insecure-url/,
    );
  });

  describe('and what it says of failures', () => {
    const table: readonly (readonly [message: string, expected: string, status?: number])[] = [
      ['EMAIL_EXISTS', 'refused already-exists'],
      ['INVALID_PASSWORD', 'refused invalid-credentials'],
      ['EMAIL_NOT_FOUND', 'refused invalid-credentials'],
      ['INVALID_LOGIN_CREDENTIALS', 'refused invalid-credentials'],
      ['USER_DISABLED', 'refused account-locked'],
      ['WEAK_PASSWORD : Password should be at least 6 characters', 'refused weak-password'],
      ['INVALID_EMAIL', 'refused invalid-input'],
      ['TOO_MANY_ATTEMPTS_TRY_LATER : Try later.', 'not-now rate-limited'],
      ['CREDENTIAL_TOO_OLD_LOGIN_AGAIN', 'needs-user recent-sign-in-required'],
      ['OPERATION_NOT_ALLOWED : The provider is disabled.', 'misconfigured sign-in-disabled'],
      ['CREDENTIAL_MISMATCH', 'misconfigured of-another-project'],
      ['UNAUTHORIZED_DOMAIN : Domain not allowlisted', 'misconfigured return-url-not-allowed'],
      ['API key not valid. Please pass a valid API key.', 'misconfigured api-key-refused'],
      ['Requests from referer https://x.test are blocked.', 'misconfigured api-key-refused', 403],
      ['SOMETHING_NEW', 'not-now unexpected-answer'],
      ['INTERNAL', 'not-now server-error', 503],
    ];
    const outcomeOf = async (answer: WireAnswer): Promise<AuthError> => {
      const server = {
        send: async (exchange: { read(answer: WireAnswer, input: never): unknown }) => {
          const outcome = exchange.read(answer, undefined as never);
          if (isRefusal(outcome)) throw new AuthError(outcome);
          return outcome as never;
        },
      };
      const error: unknown = await provider()
        .signIn.start({ email: EMAIL, password: 'x' }, server)
        .then(
          () => null,
          (reason: unknown) => reason,
        );
      if (!(error instanceof AuthError)) throw new Error('It should have been refused.');
      return error;
    };

    for (const [message, expected, status] of table) {
      it(`reads ${message} as ${expected}`, async () => {
        const error = await outcomeOf(failure(message, status));
        expect(`${error.failure} ${error.code}`).toBe(expected);
        if (error.status !== 503) expect(error.detail).toBe(message);
      });
    }

    it('repeats no token that is in a sentence', async () => {
      const error = await outcomeOf(
        failure(`INVALID_IDP_RESPONSE : Unable to parse id_token: ${SAMPLE_JWT}`),
      );
      expect(error.code).toBe('invalid-credentials');
      expect(error.message).not.toContain(SAMPLE_JWT.slice(0, 40));
    });

    it('repeats the link under which an API is enabled', async () => {
      const link = 'https://console.developers.google.com/apis/api/identitytoolkit.googleapis.com/overview';
      const error = await outcomeOf(failure(`Enable it by visiting ${link}?project=7 then retry.`, 403));
      expect(error.detail).toContain(`${link}?project=7`);
    });

    it('asks for what it cannot do: a second factor, another way to sign in', async () => {
      const mfa = await outcomeOf({ status: 200, headers: {}, json: { mfaPendingCredential: 'x' } });
      expect(`${mfa.failure} ${mfa.code}`).toBe('needs-user second-factor-required');
      const other = await outcomeOf({ status: 200, headers: {}, json: { needConfirmation: true } });
      expect(`${other.failure} ${other.code}`).toBe('needs-user other-sign-in-required');
    });

    const renewals: readonly (readonly [message: string, expected: string, status?: number])[] = [
      ['TOKEN_EXPIRED', 'not-now server-error', 503],
      ['TOKEN_EXPIRED', 'refused session-refused'],
      ['USER_DISABLED', 'refused session-refused'],
      ['USER_NOT_FOUND', 'refused session-refused'],
      ['INVALID_REFRESH_TOKEN', 'refused session-refused'],
      ['INVALID_LOGIN_CREDENTIALS', 'not-now unexpected-answer'],
      ['API key not valid. Please pass a valid API key.', 'misconfigured api-key-refused'],
      ['PROJECT_NUMBER_MISMATCH', 'misconfigured of-another-project'],
      ['QUOTA_EXCEEDED : Exceeded quota for refreshing.', 'not-now rate-limited'],
      ['MISSING_REFRESH_TOKEN', 'not-now unexpected-answer'],
    ];
    for (const [message, expected, status] of renewals) {
      it(`reads ${message} in a renewal as ${expected}`, () => {
        const { session } = provider();
        const answer = failure(message, status);
        const read = session.kind === 'renewable' && session.renew.read(answer, { token: '' });
        expect(isRefusal(read) && `${read.failure} ${read.code}`).toBe(expected);
      });
    }
  });
});

describe('firebase(): its promises', () => {
  keepsItsPromises({
    provider,
    input: { email: EMAIL, password: 'first-secret' },
    signedIn: recorded('password'),
    wrongPassword: recorded('wrong password'),
    renewed: recorded('refresh'),
    refused: recorded('refresh with what is no refresh token'),
  });
});
