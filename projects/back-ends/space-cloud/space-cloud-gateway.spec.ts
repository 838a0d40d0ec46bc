import {
  AuthError,
  type AuthProvider,
  type RecordStore,
  type SignInOutcome,
  memoryStore,
  actionContext,
} from 'ngx-latchkey/core';
import { type SpaceCloudActions, spaceCloud } from 'ngx-latchkey/space-cloud';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { apiCall } from './api-call';
import {
  type SpaceCloudDouble,
  type SpaceCloudDoubleOptions,
  startSpaceCloudDouble,
} from './space-cloud-double';

const ADA = { email: 'ada@example.test', password: 'secret' };

function providerAt(url: string, project = 'shop'): AuthProvider {
  return spaceCloud({ url, project, database: 'mongo' });
}

describe('space-cloud: spaceCloud() with a gateway', () => {
  let double: SpaceCloudDouble;
  let provider: AuthProvider;
  const tabs: NodeTab[] = [];

  const begin = async (options: SpaceCloudDoubleOptions = {}): Promise<NodeTab> => {
    double = await startSpaceCloudDouble(options);
    provider = providerAt(double.address);
    return open();
  };
  const open = (store: RecordStore = memoryStore(), of = provider): NodeTab => {
    const tab = nodeTab(of, store);
    tabs.push(tab);
    return tab;
  };
  const actions = ({ engine }: NodeTab, of = provider): SpaceCloudActions =>
    of.actions?.(actionContext(engine)) as SpaceCloudActions;
  const signIn = ({ engine }: NodeTab, input: object = ADA): Promise<SignInOutcome> => engine.signIn(input);
  const read = (tab: NodeTab, collection: string): Promise<number> =>
    apiCall(tab.engine, provider, `${double.address}/v1/api/shop/crud/mongo/${collection}/read`, {
      op: 'all',
      find: {},
    }).then(({ status }) => status);
  const query = (tab: NodeTab, collection: string): Promise<unknown> =>
    apiCall(tab.engine, provider, `${double.address}/v1/api/shop/graphql`, {
      query: `query { ${collection} @mongo { _id } }`,
    }).then(({ body }) => body);
  /** Waits until the token of the session has run out. */
  const runOut = async (tab: NodeTab): Promise<void> => {
    const { receivedAt = 0, life = 0 } = tab.engine.state().record ?? {};
    await new Promise(resolve => setTimeout(resolve, receivedAt + (life ?? 0) + 50 - Date.now()));
  };

  afterEach(async () => {
    for (const tab of tabs.splice(0)) tab.close();
    await double.close();
  });

  it('signs in and knows the user', async () => {
    const tab = await begin();
    expect<unknown>(await signIn(tab)).toEqual({
      user: {
        id: 'u-ada',
        name: 'Ada',
        email: 'ada@example.test',
        roles: ['editor'],
        permissions: [],
        profile: { _id: 'u-ada', name: 'Ada', email: 'ada@example.test', role: 'editor' },
      },
    });
    expect(tab.engine.state().phase).toBe('fresh');
    expect(tab.engine.state().record?.life).toBeGreaterThan(1_790_000);
    expect(await read(tab, 'notes')).toBe(200);
  });

  const failures: readonly (readonly [string, object, string, string])[] = [
    ['a wrong password', { ...ADA, password: 'wrong' }, 'refused', 'invalid-credentials'],
    ['an unknown user', { ...ADA, email: 'nobody@example.test' }, 'refused', 'invalid-credentials'],
    ['a missing password', { email: ADA.email }, 'needs-user', 'invalid-input'],
    [
      'a user name in place of an e-mail address',
      { username: 'ada', password: 'x' },
      'needs-user',
      'invalid-input',
    ],
  ];
  for (const [name, input, failure, code] of failures) {
    it(`says ${code} to ${name}`, async () => {
      const tab = await begin();
      await expectAsync(signIn(tab, input)).toBeRejectedWith(jasmine.objectContaining({ failure, code }));
      expect(double.requests.length).toBe(failure === 'needs-user' ? 0 : 1);
      expect(tab.engine.state().record).toBeNull();
    });
  }

  it('tells settings that are wrong from users that are', async () => {
    const tab = await begin();
    double.emailSignIn(false);
    await expectAsync(signIn(tab)).toBeRejectedWith(
      jasmine.objectContaining({ failure: 'misconfigured', code: 'sign-in-disabled', status: 404 }),
    );
    const elsewhere = open(memoryStore(), providerAt(double.address, 'other'));
    await expectAsync(signIn(elsewhere)).toBeRejectedWith(
      jasmine.objectContaining({ failure: 'misconfigured', code: 'unknown-project', status: 400 }),
    );
  });

  it('cannot be renewed', async () => {
    const tab = await begin();
    await signIn(tab);
    await expectAsync(tab.engine.refresh()).toBeRejectedWithError(AuthError, /not-renewable/);
  });

  it('is not ended by what the rules deny', async () => {
    const tab = await begin();
    await signIn(tab);
    expect(await read(tab, 'reports')).toBe(403);
    expect(await query(tab, 'reports')).toEqual({ errors: [jasmine.anything()] });
    expect(tab.engine.state().phase).toBe('fresh');
  });

  it('ends once when a burst of calls finds the token run out, by REST', async () => {
    const tab = await begin({ tokenLife: 2 });
    await signIn(tab);
    await runOut(tab);
    expect(await read(tab, 'news')).toBe(200);
    expect(tab.engine.state().record).not.toBeNull();
    const answers = await Promise.all(Array.from({ length: 10 }, () => read(tab, 'notes')));
    expect(answers).toEqual(Array<number>(10).fill(403));
    expect(tab.engine.state().endReason).toBe('expired');
    expect(tab.events.filter(({ type }) => type === 'ended').length).toBe(1);
  });

  it('ends when the token has run out, by GraphQL', async () => {
    const tab = await begin({ tokenLife: 2 });
    await signIn(tab);
    await runOut(tab);
    expect(await query(tab, 'news')).toEqual({ data: { news: [] } });
    expect(tab.engine.state().record).not.toBeNull();
    expect(await query(tab, 'notes')).toEqual({ errors: [jasmine.anything()] });
    expect(tab.engine.state().endReason).toBe('expired');
    expect(await query(tab, 'news')).toEqual({ data: { news: [] } });
  });

  it('logs out at once and asks nobody, also with the gateway down', async () => {
    const tab = await begin();
    await signIn(tab);
    await double.close();
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(tab.events.map(({ type }) => type)).not.toContain('logout-not-confirmed');
    await expectAsync(signIn(tab)).toBeRejectedWithError(AuthError, /unreachable/);
  });

  it('is there again after a reload', async () => {
    const tab = await begin();
    const store = memoryStore();
    const first = open(store);
    await signIn(first);
    first.close();
    const second = open(store);
    await second.engine.settled();
    expect(second.engine.state().record?.held.user?.name).toBe('Ada');
    expect(await read(second, 'notes')).toBe(200);
    expect(tab.engine.state().record).toBeNull();
  });

  it('signs up, and says that an address is taken', async () => {
    const tab = await begin();
    const user = await actions(tab).signUp({
      email: 'grace@example.test',
      password: 'secret',
      name: 'Grace',
    });
    expect(user).toEqual(jasmine.objectContaining({ email: 'grace@example.test', roles: [] }));
    expect(await read(tab, 'notes')).toBe(200);
    await expectAsync(actions(tab).signUp(ADA)).toBeRejectedWith(
      jasmine.objectContaining({ failure: 'refused', code: 'already-exists', status: 409 }),
    );
    await expectAsync(actions(tab).signUp({ email: '', password: 'x' })).toBeRejectedWithError(
      AuthError,
      /invalid-input/,
    );
    expect(tab.engine.state().record?.held.user?.name).toBe('Grace');
  });

  it('changes the profile and goes on with the new token', async () => {
    const tab = await begin();
    await signIn(tab);
    const before = tab.engine.usable()?.held.token;
    const user = await actions(tab).editProfile({ email: 'countess@example.test', password: 'other' });
    expect(user).toEqual(
      jasmine.objectContaining({ id: 'u-ada', name: 'Ada', email: 'countess@example.test' }),
    );
    expect(tab.engine.usable()?.held.token).not.toBe(before);
    expect(tab.engine.state().phase).toBe('fresh');
    expect(tab.events.map(({ type }) => type)).not.toContain('ended');
    expect((await actions(tab).profile()).email).toBe('countess@example.test');
    await tab.engine.end('user');
    await signIn(tab, { email: 'countess@example.test', password: 'other' });
    expect(tab.engine.state().phase).toBe('fresh');
  });

  it('shows profiles to those who may see them', async () => {
    const tab = await begin({
      tokenLife: 2,
      rules: { users: { rule: 'match', claim: 'role', value: 'admin' } },
    });
    await expectAsync(actions(tab).profile()).toBeRejectedWithError(AuthError, /unauthenticated/);
    await signIn(tab);
    await expectAsync(actions(tab).profiles()).toBeRejectedWith(
      jasmine.objectContaining({ failure: 'refused', code: 'not-allowed', status: 403 }),
    );
    await runOut(tab);
    await expectAsync(actions(tab).profile('u-ada')).toBeRejectedWith(
      jasmine.objectContaining({ code: 'session-refused', status: 403 }),
    );
    await actions(tab).signUp({ email: 'grace@example.test', password: 'secret', role: 'admin' });
    expect((await actions(tab).profile('u-ada')).name).toBe('Ada');
    expect((await actions(tab).profiles()).length).toBe(2);
  });
});
