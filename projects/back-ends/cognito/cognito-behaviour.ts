import { type AuthProvider, type Challenge, type Grant, memoryStore, actionContext } from 'ngx-latchkey/core';
import { type CognitoActions, type CognitoOptions, cognito } from 'ngx-latchkey/cognito';
import { type NodeTab, nodeTab } from '../harness/node-tab';

/** A user pool to try the provider with. It knows `ada` (groups `admins`, `editors`), `una` (not confirmed) and `nora` (has to choose a password). */
export interface CognitoServer {
  readonly address: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** The password of all of them. */
  readonly password: string;
  /** What somebody signs in by. */
  username(name: string): string;
  /** The code that was sent to somebody. */
  code(username: string): Promise<string>;
  close(): Promise<void>;
}

export type Cognito = AuthProvider<{ readonly username: string; readonly password: string }, CognitoActions>;

export function providerOf(
  server: Pick<CognitoServer, 'address' | 'userPoolId' | 'clientId'>,
  options: Partial<CognitoOptions> = {},
): Cognito {
  const { address, userPoolId, clientId } = server;
  return cognito({ region: 'eu-west-1', endpoint: address, userPoolId, clientId, ...options });
}

/** What only this back end can do, with the session of a page. */
export function actionsOf(provider: Cognito, { engine }: NodeTab): CognitoActions {
  const actions = provider.actions?.(actionContext(engine));
  if (actions === undefined) throw new Error('There are actions.');
  return actions;
}

/** Expects a failure with this code. */
export async function expectCode(outcome: Promise<unknown>, code: string): Promise<void> {
  await expectAsync(outcome).toBeRejectedWith(jasmine.objectContaining({ code }));
}

/** What every user pool has to do with the provider, the double as well as cognito-local. */
export function describeCognito(
  name: string,
  start: () => Promise<CognitoServer>,
  options: Partial<CognitoOptions> = {},
): void {
  describe(`cognito(): ${name}`, () => {
    let server: CognitoServer;
    let provider: Cognito;
    let tab: NodeTab;

    beforeEach(async () => {
      server = await start();
      provider = providerOf(server, options);
      tab = nodeTab(provider);
    });

    afterEach(async () => {
      tab.close();
      await server.close();
    });

    const signIn = (user = 'ada', password = server.password, page = tab) =>
      page.engine.signIn({ username: server.username(user), password });

    it('signs in and knows the user', async () => {
      await signIn();
      const { token, user, secret } = tab.engine.usable()?.held ?? {};
      expect(token).toMatch(/^ey/);
      expect(secret).toBeTruthy();
      expect(user?.email).toBe('ada@example.test');
      expect(user?.roles).toEqual(['admins', 'editors']);
      expect(JSON.stringify(user)).not.toContain(String(secret));
    });

    it('refuses a wrong password', async () => {
      await expectCode(signIn('ada', 'Wrong-horse-1'), 'invalid-credentials');
      expect(tab.engine.state().phase).toBe('anonymous');
    });

    it('refuses an unknown user in the same words', async () => {
      await expectCode(signIn('nobody'), 'invalid-credentials');
    });

    it('tells of an account that is not confirmed', async () => {
      await expectCode(signIn('una'), 'account-not-verified');
    });

    it('renews, and keeps the refresh token where none is sent', async () => {
      await signIn();
      const before = tab.engine.usable()?.held;
      await tab.engine.refresh();
      const after = tab.engine.usable()?.held;
      expect(after?.token).not.toBe(before?.token);
      expect(after?.user?.id).toBe(String(before?.user?.id));
      expect(after?.secret).toBeTruthy();
    });

    it('revokes the refresh token at the logout', async () => {
      const store = memoryStore();
      const page = nodeTab(provider, store);
      await signIn('ada', server.password, page);
      const held = page.engine.usable()?.held ?? { token: '' };
      await page.engine.end('user');
      expect(page.events.map(({ type }) => type)).not.toContain('logout-not-confirmed');
      page.close();
      if (provider.session.kind !== 'renewable') throw new Error('It is renewable.');
      await expectCode(page.engine.http.send(provider.session.renew, held), 'session-refused');
    });

    it('ends when the refresh token has been revoked elsewhere', async () => {
      await signIn();
      if (provider.session.kind !== 'renewable' || !provider.session.end) throw new Error('It ends.');
      await tab.engine.http.send(provider.session.end, tab.engine.usable()?.held ?? { token: '' });
      await expectCode(tab.engine.refresh(), 'session-ended');
    });

    it('is restored after a reload', async () => {
      const store = memoryStore();
      const first = nodeTab(provider, store);
      await signIn('ada', server.password, first);
      first.close();
      const second = nodeTab(providerOf(server, options), store);
      await second.engine.settled();
      expect(second.engine.usable()?.held.user?.email).toBe('ada@example.test');
      await second.engine.refresh();
      expect(second.engine.state().phase).toBe('fresh');
      second.close();
    });

    it('logs out with the server down', async () => {
      await signIn();
      await server.close();
      await tab.engine.end('user');
      expect(tab.engine.state().phase).toBe('ended');
      expect(tab.events.map(({ type }) => type)).toContain('logout-not-confirmed');
    });

    it('is kept while the server is down', async () => {
      await signIn();
      await server.close();
      await expectCode(tab.engine.refresh(), 'unreachable');
      expect(tab.engine.usable()).not.toBeNull();
    });

    it('has a new password chosen before the first sign-in', async () => {
      const challenge = (await signIn('nora')) as Challenge;
      expect(challenge.challenge).toBe('NEW_PASSWORD_REQUIRED');
      const chosen = { newPassword: 'Correct-horse-9', attributes: { name: 'Nora' } };
      const grant = await provider.signIn.answer?.(challenge, chosen, tab.engine.http);
      await tab.engine.accept(grant as Grant);
      expect(tab.engine.usable()?.held.user?.email).toBe('nora@example.test');
    });

    it('asks who the user is', async () => {
      await signIn();
      const user = await actionsOf(provider, tab).profile();
      expect(user.id).toBe(String(tab.engine.usable()?.held.user?.id));
      expect(user).toEqual(
        jasmine.objectContaining({ email: 'ada@example.test', roles: ['admins', 'editors'] }),
      );
    });

    it('signs up, confirms and signs in', async () => {
      const actions = actionsOf(provider, tab);
      const username = server.username('grace');
      const account = { username, password: server.password, attributes: { email: 'grace@example.test' } };
      expect((await actions.signUp(account)).confirmed).toBeFalse();
      await expectCode(actions.signUp(account), 'username-taken');
      await expectCode(actions.confirmSignUp({ username, code: 'wrong' }), 'wrong-code');
      await actions.confirmSignUp({ username, code: await server.code(username) });
      await signIn('grace');
      expect(tab.engine.usable()?.held.user?.email).toBe('grace@example.test');
    });

    it('resets a forgotten password', async () => {
      const actions = actionsOf(provider, tab);
      const username = server.username('ada');
      await actions.forgotPassword({ username });
      const reset = { username, code: await server.code(username), password: 'Correct-horse-7' };
      await expectCode(actions.confirmForgotPassword({ ...reset, code: 'wrong' }), 'wrong-code');
      await actions.confirmForgotPassword(reset);
      await expectCode(signIn(), 'invalid-credentials');
      await signIn('ada', 'Correct-horse-7');
    });

    it('changes the password of who is signed in, and of nobody else', async () => {
      const actions = actionsOf(provider, tab);
      const change = { previous: server.password, proposed: 'Correct-horse-8' };
      await expectCode(actions.changePassword(change), 'unauthenticated');
      await signIn();
      await actions.changePassword(change);
      await signIn('ada', 'Correct-horse-8');
      expect(tab.engine.state().phase).toBe('fresh');
    });
  });
}
