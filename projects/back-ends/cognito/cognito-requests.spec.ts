import type { AuthHttp, Challenge, Held, RenewableSession, WireAnswer } from 'ngx-latchkey/core';
import { cognito } from 'ngx-latchkey/cognito';
import { contextOf } from '../harness/action-context';
import { readsFailuresAsWritten } from '../harness/failures-as-written';
import { fixtureHttp } from '../harness/fixture-http';
import { keepsItsPromises } from '../harness/promises';
import { SAMPLE_JWT, filled } from '../harness/wire-fixture';
import { expectCode } from './cognito-behaviour';
import { CODE, PASSWORD } from './double-users';
import { FIXTURES } from './wire-fixtures';

const ADDRESS = 'http://127.0.0.1:9';
const OPTIONS = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_Double123',
  clientId: '1doubleclient2345',
  endpoint: ADDRESS,
};
const HELD: Held = {
  token: SAMPLE_JWT,
  secret: 'sample-refresh',
  user: { id: '7', roles: ['admins'], permissions: [], profile: {} },
};

describe('cognito(): what it asks', () => {
  it('is what the wire fixtures say', async () => {
    const http = fixtureHttp(ADDRESS, FIXTURES);
    const provider = cognito(OPTIONS);
    const { signIn, session } = provider;
    const context = contextOf({ http, signIn: () => Promise.resolve(), held: () => HELD });
    const actions = provider.actions?.(context);
    if (session.kind !== 'renewable' || !session.end || !actions || !signIn.answer)
      throw new Error('It is all.');
    const { answer } = signIn;
    const login = async (username: string, password = PASSWORD) =>
      (await signIn.start({ username, password }, http)) as Challenge;

    await login('ada');
    await expectCode(login('ada', 'wrong'), 'invalid-credentials');
    await expectCode(login('una'), 'account-not-verified');
    await expectCode(login('dan'), 'account-locked');
    await expectCode(login('rhea'), 'password-reset-required');
    const { profile } = await actions.profile();
    expect(profile).toEqual(jasmine.objectContaining({ email: 'ada@example.test', name: 'Ada Lovelace' }));
    expect(await http.send(session.renew, HELD)).toEqual(
      jasmine.objectContaining({ token: SAMPLE_JWT, secret: undefined }),
    );
    const classic = cognito({ ...OPTIONS, renewal: 'REFRESH_TOKEN_AUTH' }).session;
    if (classic.kind === 'renewable') await http.send(classic.renew, HELD);
    await actions.changePassword({ previous: PASSWORD, proposed: 'Correct-horse-2' });
    const wrong = actions.changePassword({ previous: 'wrong', proposed: 'Correct-horse-2' });
    await expectCode(wrong, 'invalid-credentials');

    const chosen = { newPassword: 'Correct-horse-3', attributes: { name: 'Nora' } };
    await answer(await login('nora'), chosen, http);
    const tom = await login('tom');
    await expectCode(answer(tom, { code: '000000' }, http), 'wrong-code');
    await answer(tom, { code: CODE }, http);
    await answer(await login('sam'), { code: CODE }, http);
    await answer(await login('bea'), { choice: 'SOFTWARE_TOKEN_MFA' }, http);

    const account = { username: 'grace', password: PASSWORD, attributes: { email: 'grace@example.test' } };
    expect(await actions.signUp(account)).toEqual({ confirmed: false, sentTo: 'g***@e***' });
    const taken = actions.signUp({ ...account, username: 'ada', attributes: { email: 'ada@example.test' } });
    await expectCode(taken, 'username-taken');
    expect(await actions.resendCode({ username: 'grace' })).toEqual({ sentTo: 'g***@e***' });
    await expectCode(actions.confirmSignUp({ username: 'grace', code: '000000' }), 'wrong-code');
    await actions.confirmSignUp({ username: 'grace', code: CODE });
    expect(await actions.forgotPassword({ username: 'grace' })).toEqual({ sentTo: 'g***@e***' });
    await actions.confirmForgotPassword({ username: 'grace', code: CODE, password: 'Correct-horse-4' });
    await http.send(session.end, HELD);
    await actions.globalSignOut();

    // Two of them are asked for below, as the first of two answers is given here; the last it never asks for.
    const others = [
      'renewal after the logout',
      'renewal after the logout everywhere',
      'operation that there is not',
    ];
    expect([...http.asked, ...others].sort()).toEqual(FIXTURES.map(({ name }) => name).sort());
  });
});

describe('cognito(): failures by the file', () => {
  const renewWith = (secret: string) => (http: AuthHttp) =>
    http.send<Held, unknown>((cognito(OPTIONS).session as RenewableSession).renew, { token: '', secret });
  const readAbove = [
    'wrong password',
    'login of an account that is not confirmed',
    'login of an account that is disabled',
    'login of an account whose password was reset',
    'change of the password with a wrong one',
    'wrong code',
    'sign-up under a name that is taken',
    'confirmation with a wrong code',
  ];
  readsFailuresAsWritten(
    ADDRESS,
    FIXTURES,
    [
      ['renewal after the logout', 'refused session-refused', renewWith('sample-refresh')],
      ['renewal after the logout everywhere', 'refused session-refused', renewWith('sample-refresh-tom')],
    ],
    [...readAbove, 'operation that there is not'],
  );
});

describe('cognito(): the promises of a provider', () => {
  const json = (wanted: string): WireAnswer => {
    const { status, json = null } = FIXTURES.find(({ name }) => name === wanted)?.answer ?? { status: 0 };
    return { status, headers: {}, json: filled(json) };
  };
  const script = {
    input: { username: 'ada', password: PASSWORD },
    signedIn: json('login'),
    wrongPassword: json('wrong password'),
    renewed: json('renewal'),
    refused: {
      status: 400,
      headers: {},
      json: { __type: 'com.amazonaws.cognito#RefreshTokenReuseException' },
    },
  };
  describe('with the access token', () => {
    keepsItsPromises({ ...script, provider: () => cognito(OPTIONS) });
  });
  describe('with the ID token, renewed as before', () => {
    keepsItsPromises({
      ...script,
      provider: () => cognito({ ...OPTIONS, token: 'id', renewal: 'REFRESH_TOKEN_AUTH' }),
    });
  });
});

describe('cognito(): its options', () => {
  const code = (endpoint: string) => {
    try {
      cognito({ ...OPTIONS, endpoint });
      return undefined;
    } catch (error) {
      return (error as { readonly code?: string }).code;
    }
  };

  it('are looked at when it is made', () => {
    expect(code('http://cognito.example.com')).toBe('insecure-url');
    expect(code('cognito.example.com')).toBe('invalid-url-rule');
  });

  it('say where it is, by the region', () => {
    const { endpoint: _, ...hosted } = OPTIONS;
    const { endpoints, audience } = cognito(hosted);
    expect(endpoints).toEqual(['https://cognito-idp.eu-west-1.amazonaws.com/']);
    expect(audience).toBe('https://cognito-idp.eu-west-1.amazonaws.com 1doubleclient2345 access');
    expect(cognito({ ...hosted, token: 'id' }).audience).not.toBe(audience);
  });

  it('tell the worker vault the two ways of the refresh token apart', () => {
    const { session } = cognito(OPTIONS);
    if (session.kind !== 'renewable') throw new Error('It is renewable.');
    expect(session.secretAt).toEqual(['AuthenticationResult.RefreshToken']);
    const [renewal, end] = [session.renew, session.end].map(exchange => exchange?.request(HELD));
    expect(renewal?.headers).not.toEqual(end?.headers);
  });
});
