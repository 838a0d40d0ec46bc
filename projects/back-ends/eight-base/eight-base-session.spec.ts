import {
  type AuthProvider,
  type Grant,
  type RecordStore,
  type SessionEvent,
  memberAt,
  memoryStore,
  actionContext,
} from 'ngx-latchkey/core';
import {
  type EightBaseActions,
  type EightBaseOptions,
  eightBase,
  eightBaseApi,
} from 'ngx-latchkey/eight-base';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { until } from '../harness/until';
import {
  AUTH_PROFILE_ID,
  type EightBaseDouble,
  PASSWORD,
  WORKSPACE_ID,
  startEightBaseDouble,
} from './eight-base-double';
import { RESET_CODE } from './resolvers';

const ADA = { email: 'ada@example.test', password: PASSWORD };
const GRACE = { email: 'grace@example.test', password: PASSWORD };

describe('eightBase(): with the engine', () => {
  let double: EightBaseDouble;
  let tabs: NodeTab[];

  beforeEach(async () => {
    tabs = [];
    double = await startEightBaseDouble();
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await double.close();
  });

  const options = (): EightBaseOptions => ({
    url: double.address,
    workspaceId: WORKSPACE_ID,
    authProfileId: AUTH_PROFILE_ID,
  });
  const open = (store?: RecordStore, provider: AuthProvider = eightBase(options())): NodeTab => {
    const tab = nodeTab(provider, store);
    tabs.push(tab);
    return tab;
  };
  const actionsIn = ({ engine }: NodeTab): EightBaseActions => {
    const actions = eightBase(options()).actions?.(actionContext(engine));
    if (actions === undefined) throw new Error('8base has actions.');
    return actions;
  };
  const asked = (operation: string) => double.requests.filter(request => request.operation === operation);
  const happened = ({ events }: NodeTab, type: SessionEvent['type']) =>
    events.filter(event => event.type === type);
  const code = (wanted: string): jasmine.ObjectContaining<unknown> =>
    jasmine.objectContaining({ code: wanted });

  it('signs in and knows the user, roles and permissions', async () => {
    const { engine } = open();
    await engine.signIn(ADA);
    expect(engine.state().phase).toBe('fresh');
    expect(engine.state().record?.held.user).toEqual(
      jasmine.objectContaining({
        name: 'Ada Lovelace',
        email: ADA.email,
        roles: ['Editor'],
        permissions: ['data.Posts.create', 'data.Posts.read', 'custom.logic.invoke'],
      }),
    );
    expect(asked('userSignUpWithToken').length).toBe(0);
  });

  const failures: readonly (readonly [name: string, email: string, password: string, read: string])[] = [
    ['a wrong password', 'ada@example.test', 'wrong', 'invalid-credentials'],
    ['an unknown user', 'nobody@example.test', PASSWORD, 'invalid-credentials'],
    ['an address that is not confirmed', 'eve@example.test', PASSWORD, 'account-not-verified'],
    ['a disabled account', 'mallory@example.test', PASSWORD, 'account-locked'],
  ];
  for (const [name, email, password, read] of failures) {
    it(`does not sign in with ${name}`, async () => {
      const { engine } = open();
      await expectAsync(engine.signIn({ email, password })).toBeRejectedWith(code(read));
      expect(engine.state().phase).toBe('anonymous');
    });
  }

  it('makes a row for who signs in for the first time, once', async () => {
    const { engine } = open();
    await engine.signIn(GRACE);
    expect(engine.state().record?.held.user?.roles).toEqual(['Guest']);
    await engine.end('user');
    await engine.signIn(GRACE);
    expect(asked('userSignUpWithToken').length).toBe(1);
    expect(double.users.rows.filter(({ email }) => email === GRACE.email).length).toBe(1);
  });

  it('makes one row when two tabs ask at once', async () => {
    const [one, other] = [open(), open()];
    await Promise.all([one.engine.signIn(GRACE), other.engine.signIn(GRACE)]);
    const ids = [one, other].map(({ engine }) => engine.state().record?.held.user?.id);
    expect(ids[0]).toBeDefined();
    expect(ids[0]).toBe(ids[1]);
  });

  it('explains an e-mail address that is not the one in the Users table', async () => {
    const row = double.users.byEmail(ADA.email);
    if (row) row.email = 'countess@example.test';
    const tab = open();
    await tab.engine.signIn(ADA);
    expect(happened(tab, 'user-unknown')).toEqual([code('email-mismatch')]);
    expect(asked('userSignUpWithToken').length).toBe(1);
    expect(tab.engine.usable()).not.toBeNull();
    await expectAsync(actionsIn(tab).profile()).toBeRejectedWith(code('email-mismatch'));
  });

  it('explains a role that may not get tokens', async () => {
    double.roleMayGetToken = false;
    const { engine } = open();
    await expectAsync(engine.signIn(ADA)).toBeRejectedWith(
      jasmine.objectContaining({ code: 'role-may-not-get-token', failure: 'misconfigured' }),
    );
  });

  it('renews once for a burst of calls after the token has run out, without the old token', async () => {
    double.pool.lifetimes.idToken = 1_000;
    const tab = open();
    await tab.engine.signIn(ADA);
    const first = tab.engine.usable()?.held.token;
    await until(() => tab.engine.usable() === null);
    const tokens = await Promise.all(Array.from({ length: 5 }, () => tab.engine.token()));
    expect(new Set(tokens.map(found => found?.held.token)).size).toBe(1);
    expect(tokens[0]?.held.token).not.toBe(first);
    expect(asked('userRefreshToken').map(({ authorization }) => authorization)).toEqual([null]);
    expect(tab.engine.state().record?.held.user?.email).toBe(ADA.email);
  });

  it('keeps the newest refresh token', async () => {
    const { engine } = open();
    await engine.signIn(ADA);
    await engine.refresh();
    await engine.refresh();
    expect(engine.usable()?.generation).toBe(3);
  });

  for (const status of [200, 502]) {
    it(`ends when the refresh token is not accepted, with status ${String(status)}`, async () => {
      double.statusOfErrors = status;
      const tab = open();
      await tab.engine.signIn(ADA);
      double.pool.revokeAll();
      await expectAsync(tab.engine.refresh()).toBeRejectedWith(code('session-ended'));
      expect(tab.engine.state().phase).toBe('ended');
    });
  }

  it('is renewed when the workspace calls its token dead in a 200', async () => {
    const provider = eightBase(options());
    const store = memoryStore();
    const { engine } = open(store);
    await engine.signIn(ADA);
    const expired = await double.pool.idToken({ sub: '7', email: ADA.email }, -1);
    const before = engine.usable();
    if (!before) throw new Error('nobody is signed in');
    const { status, body } = await posts(provider, { ...before.held, token: expired });
    const verdict = provider.api.judge?.({ url: '', status, header: () => null, body }, before.held);
    expect([status, verdict]).toEqual([200, 'token-refused']);
    const { sid, generation } = before;
    const fresh = await engine.rejected({ sid, generation, proven: true, replayed: false });
    expect(fresh?.generation).toBe(2);
    expect((await posts(provider, fresh?.held ?? before.held)).body).toEqual({
      data: { postsList: { count: 3 } },
    });
  });

  it('logs out with the server down', async () => {
    const tab = open();
    await tab.engine.signIn(ADA);
    await double.close();
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(happened(tab, 'logout-not-confirmed')).toEqual([]);
  });

  it('stays signed in when a renewal does not reach the server', async () => {
    const { engine } = open();
    await engine.signIn(ADA);
    await double.close();
    await expectAsync(engine.refresh()).toBeRejectedWith(code('unreachable'));
    expect(engine.usable()).not.toBeNull();
  });

  it('is there after a reload, and asks nothing', async () => {
    const store = memoryStore();
    const before = open(store);
    await before.engine.signIn(ADA);
    before.close();
    const requests = double.requests.length;
    const { engine } = open(store);
    await engine.settled();
    expect(engine.state().record?.held.user?.name).toBe('Ada Lovelace');
    expect(double.requests.length).toBe(requests);
  });

  it('signs up with a password; the address is confirmed before the first sign-in', async () => {
    const tab = open();
    const hopper = { email: 'hopper@example.test', password: 'battery staple' };
    await actionsIn(tab).signUpWithPassword({ ...hopper, firstName: 'Hopper' });
    await expectAsync(tab.engine.signIn(hopper)).toBeRejectedWith(code('account-not-verified'));
    await actionsIn(tab).resendVerification({ email: hopper.email });
    const account = double.pool.accounts.get(hopper.email);
    if (account) account.confirmed = true;
    await tab.engine.signIn(hopper);
    expect(tab.engine.state().record?.held.user?.name).toBe('Hopper');
    const again = actionsIn(tab).signUpWithPassword(hopper);
    await expectAsync(again).toBeRejectedWith(code('already-exists'));
    const weak = actionsIn(tab).signUpWithPassword({ email: 'new@example.test', password: 'short' });
    await expectAsync(weak).toBeRejectedWith(
      jasmine.objectContaining({ code: 'invalid-input', detail: 'Password did not conform with policy.' }),
    );
  });

  it('replaces a password that was forgotten', async () => {
    const tab = open();
    const { forgotPassword, confirmForgotPassword } = actionsIn(tab);
    const { email } = ADA;
    await forgotPassword({ email });
    const wrong = confirmForgotPassword({ email, code: '000000', newPassword: 'battery staple' });
    await expectAsync(wrong).toBeRejectedWith(code('invalid-input'));
    await confirmForgotPassword({ email, code: RESET_CODE, newPassword: 'battery staple' });
    await tab.engine.signIn({ email, password: 'battery staple' });
    expect(tab.engine.usable()).not.toBeNull();
  });

  it('changes a password and stays signed in', async () => {
    const tab = open();
    await tab.engine.signIn(ADA);
    const { changePassword } = actionsIn(tab);
    const wrong = changePassword({ oldPassword: 'wrong', newPassword: 'battery staple' });
    await expectAsync(wrong).toBeRejectedWith(code('invalid-credentials'));
    await changePassword({ oldPassword: PASSWORD, newPassword: 'battery staple' });
    await tab.engine.refresh();
    expect(tab.engine.usable()?.generation).toBe(2);
    await expectAsync(tab.engine.signIn(ADA)).toBeRejectedWith(code('invalid-credentials'));
  });

  it('tells the user as the table has it now', async () => {
    const tab = open();
    await tab.engine.signIn(ADA);
    expect(await actionsIn(tab).profile()).toEqual(tab.engine.state().record?.held.user as never);
  });

  it('serves users of another provider: ID token as bearer, a row at the first sign-in', async () => {
    const idToken = await double.pool.idToken({
      sub: 'auth0|1',
      email: 'joan@example.test',
      given_name: 'Joan',
      family_name: 'Clarke',
    });
    const elsewhere = signInElsewhere({ token: 'access-token', expiresIn: 60, memory: { idToken } });
    const provider = { ...elsewhere, ...eightBaseApi(options()) };
    const { engine } = open(undefined, provider);
    await engine.signIn({});
    const { held } = engine.usable() ?? {};
    expect(held?.user?.name).toBe('Joan Clarke');
    expect(asked('userSignUpWithToken').length).toBe(1);
    expect(double.requests.every(({ authorization }) => authorization === `Bearer ${idToken}`)).toBeTrue();
    if (held) expect(memberAt((await posts(provider, held)).body, 'data.postsList.count')).toBe(3);
  });

  it('says so when the token of another provider is none that 8base takes', async () => {
    const elsewhere = signInElsewhere({ token: 'an access token, opaque', expiresIn: 60 });
    const tab = open(undefined, { ...elsewhere, ...eightBaseApi(options()) });
    await tab.engine.signIn({});
    expect(happened(tab, 'user-unknown')).toEqual([code('token-not-accepted')]);
  });

  /** What an application asks of its workspace. */
  const posts = async (
    { api }: Pick<AuthProvider, 'api'>,
    held: NonNullable<Parameters<NonNullable<AuthProvider['api']['headers']>>[0]>,
  ) => {
    const answer = await fetch(`${double.address}/${WORKSPACE_ID}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...api.headers?.(held) },
      body: JSON.stringify({ query: '{ postsList { count } }' }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
});

/** Auth0, as far as 8base sees it. */
function signInElsewhere(grant: Grant): AuthProvider {
  const factory = (): AuthProvider => ({
    id: 'elsewhere',
    audience: 'elsewhere',
    endpoints: [],
    signIn: { start: () => Promise.resolve(grant) },
    session: { kind: 'fixed' },
    api: { origins: [] },
    factory,
  });
  return factory();
}
