import { AuthError, type AuthHttp, type Challenge, type Grant, isRefusal } from 'ngx-latchkey/core';
import { type CognitoOptions, srp } from 'ngx-latchkey/cognito';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { type Cognito, actionsOf, expectCode, providerOf } from './cognito-behaviour';
import { type CognitoDouble, startCognitoDouble } from './cognito-double';
import { CODE } from './double-users';

const load = () => import('cognito-srp-helper');

describe('cognito(): signing in', () => {
  let double: CognitoDouble;
  let provider: Cognito;
  let tab: NodeTab;

  beforeEach(async () => {
    double = await startCognitoDouble();
    use({});
  });

  afterEach(async () => {
    tab.close();
    await double.close();
  });

  function use(options: Partial<CognitoOptions>): void {
    if (typeof tab !== 'undefined') tab.close();
    provider = providerOf(double, options);
    tab = nodeTab(provider);
  }

  const signIn = (username: string, password = double.password) => tab.engine.signIn({ username, password });
  const answer = (challenge: unknown, input: Readonly<Record<string, string>>) =>
    provider.signIn.answer?.(challenge as Challenge, input, tab.engine.http) ?? Promise.reject(new Error());

  for (const options of [{}, { srp: srp(load) }]) {
    const way = 'srp' in options ? 'by SRP' : 'by password';

    it(`tells of locked accounts, ${way}`, async () => {
      use(options);
      await expectCode(signIn('dan'), 'account-locked');
      await expectCode(signIn('rhea'), 'password-reset-required');
      Object.assign(double.users.get('ada') ?? {}, { failures: 4 });
      await expectCode(signIn('ada', 'wrong'), 'invalid-credentials');
      await expectCode(signIn('ada'), 'account-locked');
    });

    it(`asks for the code of an app, and again after a wrong one, ${way}`, async () => {
      use(options);
      const challenge = (await signIn('tom')) as Challenge;
      expect(challenge.challenge).toBe('SOFTWARE_TOKEN_MFA');
      expect(tab.engine.state().phase).toBe('anonymous');
      await expectCode(answer(challenge, { code: '000000' }), 'wrong-code');
      await expectCode(answer(challenge, {}), 'invalid-input');
      await tab.engine.accept((await answer(challenge, { code: CODE })) as Grant);
      expect(tab.engine.usable()?.held.user?.name).toBe('tom');
      await expectCode(answer(challenge, { code: CODE }), 'challenge-expired');
    });
  }

  it('asks for the code of a message', async () => {
    const challenge = (await signIn('sam')) as Challenge;
    expect(challenge.challenge).toBe('SMS_MFA');
    expect(challenge.parameters['CODE_DELIVERY_DESTINATION']).toBe('+*******9999');
    expect(await answer(challenge, { code: CODE })).toEqual(jasmine.objectContaining({ expiresIn: 3600 }));
  });

  it('asks which code, then for the code', async () => {
    const choice = (await signIn('bea')) as Challenge;
    expect(choice.challenge).toBe('SELECT_MFA_TYPE');
    const challenge = (await answer(choice, { choice: 'SOFTWARE_TOKEN_MFA' })) as Challenge;
    expect(challenge.challenge).toBe('SOFTWARE_TOKEN_MFA');
    expect(await answer(challenge, { code: CODE })).toEqual(jasmine.objectContaining({ expiresIn: 3600 }));
  });

  it('says what a new account lacks', async () => {
    const challenge = (await signIn('nora')) as Challenge;
    expect(challenge.parameters['requiredAttributes']).toBe('["userAttributes.name"]');
    await expectCode(answer(challenge, { newPassword: 'Correct-horse-9' }), 'invalid-input');
    // A challenge is plain data and outlives the page.
    expect(JSON.parse(JSON.stringify(challenge))).toEqual(challenge);
  });

  it('tells of a challenge that it does not know, and of one that is made up', async () => {
    const json = { ChallengeName: 'MFA_SETUP', Session: 's', ChallengeParameters: {} };
    const http: AuthHttp = {
      async send(exchange, input) {
        const outcome = exchange.read({ status: 200, headers: {}, json }, input);
        if (isRefusal(outcome)) throw new AuthError(outcome);
        return outcome;
      },
    };
    const login = provider.signIn.start({ username: 'ada', password: 'x' }, http);
    await expectAsync(login).toBeRejectedWithError(AuthError, /challenge-unsupported/);
    const challenge = { challenge: 'constructor', parameters: {}, transaction: null };
    await expectCode(answer(challenge, { code: CODE }), 'challenge-unsupported');
  });

  it('sends no password by SRP', async () => {
    use({ srp: srp(load) });
    const sent: string[] = [];
    const { http } = tab.engine;
    await provider.signIn.start(
      { username: 'ada', password: double.password },
      {
        send(exchange, input) {
          sent.push(JSON.stringify(exchange.request(input)));
          return http.send(exchange, input);
        },
      },
    );
    expect(sent).toHaveSize(2);
    expect(sent.join(' ')).not.toContain(double.password);
  });

  it('fails for now when the SRP library cannot be loaded, or does not like the numbers', async () => {
    use({ srp: srp(() => Promise.reject(new Error('no network'))) });
    await expectCode(signIn('ada'), 'srp-failed');
    const library = await load();
    use({
      srp: srp(() =>
        Promise.resolve({
          ...library,
          signSrpSession() {
            throw new Error('Aborting SRP due to 0 value');
          },
        }),
      ),
    });
    await expectCode(signIn('ada'), 'srp-failed');
  });

  it('takes no password that is weak', async () => {
    const actions = actionsOf(provider, tab);
    await expectCode(actions.signUp({ username: 'kim', password: 'short' }), 'weak-password');
    const reset = { username: 'ada', code: CODE, password: 'short' };
    await expectCode(actions.confirmForgotPassword(reset), 'weak-password');
  });
});
