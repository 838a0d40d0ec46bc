import { type RecordStore, type SessionEvent, memoryStore, actionContext } from 'ngx-latchkey/core';
import {
  type AverosActions,
  type AverosOptions,
  averos,
  averosAccount,
  averosSessionFromLocalStorage,
} from 'ngx-latchkey/averos';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { until } from '../harness/until';
import { type AverosServer, startAverosServer } from './averos-server';

const ADA = { userName: 'ada', password: 'latchkey-ada' };
const MARY = { userName: 'mary', email: 'mary@example.test', password: 'latchkey-mary', firstName: 'Mary' };

describe('averos(): with the engine', () => {
  let server: AverosServer;
  let tabs: NodeTab[];

  beforeEach(async () => {
    server = await startAverosServer();
    tabs = [];
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await server.close();
  });

  const provider = (options: Partial<AverosOptions> = {}) => averos({ url: server.address, ...options });
  const open = (options?: Partial<AverosOptions>, store: RecordStore = memoryStore()): NodeTab => {
    const tab = nodeTab(provider(options), store);
    tabs.push(tab);
    return tab;
  };
  const actionsIn = ({ engine }: NodeTab): AverosActions => {
    const actions = provider().actions?.(actionContext(engine));
    if (actions === undefined) throw new Error('Averos has actions.');
    return actions;
  };
  const happened = ({ events }: NodeTab, type: SessionEvent['type']) =>
    events.filter(event => event.type === type);
  const code = (wanted: string): jasmine.ObjectContaining<unknown> =>
    jasmine.objectContaining({ code: wanted });
  const renewals = () => server.count('/auth/rt/');

  /** What an API of the application says to the token. */
  const api = async (token: string | undefined) =>
    (await fetch(`${server.address}/api/profile`, { headers: { Authorization: `Bearer ${token ?? ''}` } }))
      .status;

  for (const userName of ['ada', 'ada@example.test']) {
    it(`signs in as ${userName}`, async () => {
      const { engine } = open();
      await engine.signIn({ ...ADA, userName });
      const { held } = engine.usable() ?? {};
      expect([held?.user?.name, held?.user?.roles]).toEqual(['Ada', ['admin', 'user']]);
      expect(held?.token).toMatch(/^[\w-]{44}$/);
      expect(await api(held?.token)).toBe(200);
    });
  }

  const failures: readonly (readonly [name: string, userName: string, password: string, code: string])[] = [
    ['a wrong password', 'ada', 'wrong', 'invalid-credentials'],
    ['an unknown user', 'nobody', 'latchkey-ada', 'invalid-credentials'],
    ['an account that is not verified', 'linus', 'latchkey-linus', 'account-not-verified'],
    ['an account that is locked', 'eve', 'latchkey-eve', 'account-locked'],
  ];
  for (const [name, userName, password, read] of failures) {
    it(`does not sign in with ${name}`, async () => {
      const { engine } = open();
      await expectAsync(engine.signIn({ userName, password })).toBeRejectedWith(code(read));
      expect(engine.state().phase).toBe('anonymous');
    });
  }

  it('renews by the cookie', async () => {
    const { engine } = open();
    await engine.signIn(ADA);
    const first = engine.usable()?.held.token;
    await engine.refresh();
    const { held } = engine.usable() ?? {};
    expect(held?.token).not.toBe(first);
    expect(held?.user?.name).toBe('Ada');
    expect([held?.secret, await api(held?.token)]).toEqual([undefined, 200]);
  });

  it('renews once for a burst of calls when the token has run out', async () => {
    await server.admin('settings', { accessTokenLifetime: 2 });
    const tab = open({ tokenLifetime: 2 });
    await tab.engine.signIn(ADA);
    const first = tab.engine.usable()?.held.token;
    await until(() => tab.engine.usable() === null);
    const tokens = await Promise.all(Array.from({ length: 6 }, () => tab.engine.token()));
    expect(new Set(tokens.map(found => found?.held.token)).size).toBe(1);
    expect(tokens[0]?.held.token).not.toBe(first);
    expect(await renewals()).toBe(1);
  });

  it('renews once for a burst of 401s', async () => {
    const { engine } = open();
    await engine.signIn(ADA);
    const before = engine.usable();
    if (!before) throw new Error('nobody is signed in');
    await server.admin('expire', {});
    const statuses = await Promise.all(Array.from({ length: 6 }, () => api(before.held.token)));
    expect(new Set(statuses)).toEqual(new Set([401]));
    const { sid, generation } = before;
    const rejection = { sid, generation, proven: true, replayed: false };
    const fresh = await Promise.all(statuses.map(() => engine.rejected(rejection)));
    expect(new Set(fresh.map(found => found?.generation))).toEqual(new Set([2]));
    expect([await api(fresh[0]?.held.token), await renewals()]).toEqual([200, 1]);
  });

  it('ends when a renewal is answered with 460', async () => {
    const tab = open();
    await tab.engine.signIn(ADA);
    await server.admin('revoke', {});
    await expectAsync(tab.engine.refresh()).toBeRejectedWith(code('session-ended'));
    expect(tab.engine.state().phase).toBe('ended');
    expect(happened(tab, 'ended')).toEqual([jasmine.objectContaining({ reason: 'refused' })]);
  });

  const troubles: readonly (readonly [fault: object, code: string])[] = [
    [{ kind: 'status', status: 503 }, 'server-error'],
    [{ kind: 'status', status: 471 }, 'account-not-verified'],
    [{ kind: 'status', status: 446 }, 'quota-reached'],
    [{ kind: 'html' }, 'unexpected-answer'],
    [{ kind: 'drop' }, 'unreachable'],
  ];
  for (const [fault, read] of troubles) {
    it(`stays signed in through ${JSON.stringify(fault)}`, async () => {
      const { engine } = open();
      await engine.signIn(ADA);
      await server.admin('faults', { on: 'refresh', ...fault });
      await expectAsync(engine.refresh()).toBeRejectedWith(code(read));
      expect(await api(engine.usable()?.held.token)).toBe(200);
    });
  }

  it('is there after a reload, and asks nothing', async () => {
    const store = memoryStore();
    const before = open({}, store);
    await before.engine.signIn(ADA);
    before.close();
    const { engine } = open({}, store);
    await engine.settled();
    expect(engine.usable()?.held.user?.name).toBe('Ada');
    expect(await renewals()).toBe(0);
  });

  it('logs out, and the server knows', async () => {
    const tab = open();
    await tab.engine.signIn(ADA);
    const token = tab.engine.usable()?.held.token;
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(happened(tab, 'logout-not-confirmed')).toEqual([]);
    expect(await api(token)).toBe(401);
  });

  it('logs out with the server down', async () => {
    const tab = open();
    await tab.engine.signIn(ADA);
    await server.close();
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(happened(tab, 'logout-not-confirmed').length).toBe(1);
  });

  it('looks the roles up by option', async () => {
    const { engine } = open({ rolesFrom: 'look-up' });
    await engine.signIn(ADA);
    expect(engine.usable()?.held.user?.roles).toEqual(['admin', 'user']);
    expect(await server.count('/auth/luroles')).toBe(1);
    await engine.refresh();
    expect(engine.usable()?.held.user?.roles).toEqual(['admin', 'user']);
  });

  it('tells of users, and that the token has died meanwhile', async () => {
    const tab = open();
    await tab.engine.signIn(ADA);
    const { profile, user, roles } = actionsIn(tab);
    expect((await profile()).email).toBe('ada@example.test');
    expect(averosAccount(await user('usr_eve')).locked).toBeTrue();
    await server.admin('expire', {});
    await expectAsync(roles()).toBeRejectedWith(code('token-expired'));
    await tab.engine.refresh();
    expect(await roles()).toEqual(['admin', 'user']);
    await server.admin('faults', { on: 'api', kind: 'status', status: 460 });
    await expectAsync(roles()).toBeRejectedWith(code('session-refused'));
  });

  it('signs up; the account is verified before the first sign-in', async () => {
    const tab = open();
    const { register, isUserNameTaken, verifyAccount } = actionsIn(tab);
    expect(await isUserNameTaken('mary')).toBeFalse();
    await register(MARY);
    expect(await isUserNameTaken('mary')).toBeTrue();
    await expectAsync(register(MARY)).toBeRejectedWith(code('already-exists'));
    await expectAsync(tab.engine.signIn(MARY)).toBeRejectedWith(code('account-not-verified'));
    await expectAsync(verifyAccount({ token: 'guessed' })).toBeRejectedWith(code('not-accepted'));
    await verifyAccount({ token: await server.waitingToken('mary') });
    await tab.engine.signIn(MARY);
    const { user } = tab.engine.usable()?.held ?? {};
    expect(user && averosAccount(user)).toEqual({
      emailVerified: true,
      accountVerified: true,
      locked: false,
    });
  });

  it('replaces a password that was forgotten', async () => {
    const tab = open();
    const { requestPasswordReset, resetPassword } = actionsIn(tab);
    await requestPasswordReset({ email: 'ada@example.test' });
    await resetPassword({ token: await server.waitingToken('ada'), password: 'another-secret' });
    await expectAsync(tab.engine.signIn(ADA)).toBeRejectedWith(code('invalid-credentials'));
    await tab.engine.signIn({ ...ADA, password: 'another-secret' });
    expect(tab.engine.usable()).not.toBeNull();
  });

  describe('and a session of Averos 1.4', () => {
    const entries = new Map<string, string>();
    let usual: PropertyDescriptor | undefined;

    beforeEach(async () => {
      entries.clear();
      usual = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
      Object.defineProperty(globalThis, 'localStorage', {
        configurable: true,
        value: {
          getItem: (name: string) => entries.get(name) ?? null,
          removeItem: (name: string) => entries.delete(name),
        },
      });
      const login = await fetch(`${server.address}/auth/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(ADA),
      });
      const { auth_token } = (await login.json()) as { auth_token: unknown };
      entries.set('auth_token', JSON.stringify(auth_token));
    });

    afterEach(() => {
      Reflect.deleteProperty(globalThis, 'localStorage');
      if (usual) Object.defineProperty(globalThis, 'localStorage', usual);
    });

    it('goes on with it, once', async () => {
      const tab = open();
      await tab.engine.settled();
      const user = await actionsIn(tab).resume();
      expect(user?.name).toBe('Ada');
      expect(await api(tab.engine.usable()?.held.token)).toBe(200);
      expect(entries.size).toBe(0);
      await tab.engine.end('user');
      expect(await actionsIn(tab).resume()).toBeNull();
      expect(tab.engine.usable()).toBeNull();
    });

    it('leaves who is signed in alone', async () => {
      const tab = open();
      await tab.engine.signIn({ userName: 'grace', password: 'latchkey-grace' });
      expect((await actionsIn(tab).resume())?.name).toBe('Grace');
      expect(entries.size).toBe(0);
    });

    it('finds none in what is no session', () => {
      for (const text of ['', '{', 'null', '[]', '{"userName":"ada"}', '{"token":7}']) {
        entries.set('auth_token', text);
        expect(averosSessionFromLocalStorage()).withContext(text).toBeNull();
      }
      entries.clear();
      expect(averosSessionFromLocalStorage()).toBeNull();
      Reflect.deleteProperty(globalThis, 'localStorage');
      expect(averosSessionFromLocalStorage()).toBeNull();
    });
  });
});
