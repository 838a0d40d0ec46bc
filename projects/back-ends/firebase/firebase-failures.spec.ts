import { AuthError, type AuthHttp, type Held, type RenewableSession, isRefusal } from 'ngx-latchkey/core';
import { type FirebaseActions, firebase } from 'ngx-latchkey/firebase';
import { contextOf } from '../harness/action-context';
import { documentedErrors } from '../harness/documented-errors';
import { readsFailuresAsWritten } from '../harness/failures-as-written';
import { FIREBASE_FIXTURES } from './wire-fixtures';

const EMULATOR = 'http://127.0.0.1:9099';
const EMAIL = 'ada@example.test';
const provider = firebase({ apiKey: 'web-key', projectId: 'demo-test', emulator: EMULATOR });
const login =
  (password: string, email = EMAIL) =>
  (http: AuthHttp) =>
    provider.signIn.start({ email, password }, http);
const act =
  (call: (actions: FirebaseActions) => Promise<unknown>, token = 'nothing') =>
  async (http: AuthHttp) => {
    const actions = provider.actions?.(contextOf({ http, held: () => ({ token }) }));
    return actions && call(actions);
  };
const renewWith = (secret: string) => (http: AuthHttp) =>
  http.send<Held, unknown>((provider.session as RenewableSession).renew, { token: '', secret });

describe('firebase(): failures by the file', () => {
  readsFailuresAsWritten(
    EMULATOR,
    FIREBASE_FIXTURES,
    [
      [
        'sign up with an address that is taken',
        'refused already-exists',
        act(actions => actions.signUp({ email: EMAIL, password: 'other-secret' })),
      ],
      [
        'sign up with a weak password',
        'refused weak-password',
        act(actions => actions.signUp({ email: 'weak@example.test', password: '123' })),
      ],
      ['wrong password', 'refused invalid-credentials', login('wrong')],
      ['unknown address', 'refused invalid-credentials', login('wrong', 'nobody@example.test')],
      ['wrong password where addresses are protected', 'refused invalid-credentials', login('first-secret?')],
      ['refresh with what is no refresh token', 'refused session-refused', renewWith('nothing')],
      ['refresh of a disabled account', 'refused session-refused', renewWith('sample-joan-refresh')],
      [
        'mail a reset to an unknown address',
        'done',
        act(actions => actions.sendPasswordReset({ email: 'nobody@example.test' })),
      ],
      [
        'reset with a code that is used up',
        'refused not-accepted',
        act(actions => actions.confirmPasswordReset({ code: 'used-up', password: 'second-secret' })),
      ],
      ['profile of nobody', 'refused session-refused', act(actions => actions.profile())],
    ],
    // The adapter always has a key.
    ['no key'],
  );
});

describe('firebase(): failures by the guide', () => {
  const answering = (message: string): AuthHttp => ({
    async send(exchange, input) {
      const outcome = exchange.read(
        { status: 400, headers: {}, json: { error: { code: 400, message } } },
        input,
      );
      if (isRefusal(outcome)) throw new AuthError(outcome);
      return outcome;
    },
  });

  for (const { code, failure, says } of documentedErrors('firebase', /^[A-Z_]{8,}$/)) {
    // In a renewal the word has another meaning, which the line before has told.
    for (const word of says.filter(said => code !== 'session-refused' || said !== 'USER_DISABLED')) {
      it(`reads ${word} as it says there: ${failure} ${code}`, async () => {
        for (const message of [word, `${word} : A sentence.`]) {
          await expectAsync(login('x')(answering(message))).toBeRejectedWith(
            jasmine.objectContaining({ failure, code, detail: message }),
          );
        }
      });
    }
  }
});
