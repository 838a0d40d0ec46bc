import { AuthError, type AuthProvider, type Held, memoryStore, actionContext } from 'ngx-latchkey/core';
import { type FeathersOptions, feathers } from 'ngx-latchkey/feathers';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { until } from '../harness/until';
import { type FeathersServer, startFeathers } from './feathers-server';

const ada = { email: 'ada@x.io', password: 'secret' };

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof AuthError ? error.code : String(error);
  }
}

function heldBy({ engine }: NodeTab): Held {
  const held = engine.state().record?.held;
  if (held === undefined) throw new Error('Nobody is signed in.');
  return held;
}

describe('feathers() in the engine, against a real server:', () => {
  const opened: NodeTab[] = [];
  let server: FeathersServer;

  const provider = (options: Partial<FeathersOptions> = {}, at = server): ReturnType<typeof feathers> =>
    feathers({ url: at.address, ...options });
  const open = (...given: Parameters<typeof nodeTab>): NodeTab => {
    const tab = nodeTab(...given);
    opened.push(tab);
    return tab;
  };
  /** Asks a service with the token as the adapter wants it, and has the adapter judge the answer. */
  const ask = async ({ api }: AuthProvider, held: Held, path = '/users/0', at = server) => {
    const url = at.address + path;
    const answer = await fetch(url, { headers: { ...api.headers?.(held) } });
    const body: unknown = await answer.json();
    return {
      status: answer.status,
      verdict: api.judge?.({ url, status: answer.status, header: () => null, body }, held),
    };
  };

  beforeAll(async () => {
    server = await startFeathers();
  });
  afterAll(() => server.close());
  afterEach(() => {
    for (const tab of opened.splice(0)) tab.close();
  });

  it('signs in, and comes back after a reload', async () => {
    const store = memoryStore();
    const first = open(provider(), store);
    const outcome = await first.engine.signIn(ada);
    expect<object>(outcome).toEqual({
      user: jasmine.objectContaining({ id: '0', name: 'Ada', roles: ['admin'] }),
    });
    expect((await ask(provider(), heldBy(first))).status).toBe(200);
    first.close();

    const second = open(provider(), store);
    await second.engine.settled();
    expect(second.engine.state().phase).toBe('fresh');
    expect(heldBy(second).user?.permissions).toEqual(['read']);
    const { session } = provider();
    if (session.kind !== 'fixed' || !session.check) throw new Error('There is nothing to check.');
    const user = await second.engine.http.send(session.check, heldBy(second));
    expect(user.email).toBe('ada@x.io');
  });

  it('lets nobody in with a wrong password, a locked account or an unverified address', async () => {
    const failureCode: FeathersOptions['failureCode'] = ({ data }) =>
      data['reason'] === 'locked' ? 'account-locked' : undefined;
    const { engine } = open(provider({ failureCode }));
    expect(await codeOf(engine.signIn({ ...ada, password: 'wrong' }))).toBe('invalid-credentials');
    expect(await codeOf(engine.signIn({ email: 'no@x.io', password: 'secret' }))).toBe('invalid-credentials');
    expect(await codeOf(engine.signIn({ email: 'locked@x.io', password: 'secret' }))).toBe('account-locked');
    expect(await codeOf(engine.signIn({ email: 'new@x.io', password: 'secret' }))).toBe(
      'account-not-verified',
    );
    expect(engine.state().phase).toBe('anonymous');
  });

  it('signs up and in, and asks for the profile', async () => {
    const tab = open(provider());
    const { engine } = tab;
    const actions = provider().actions?.(actionContext(engine));
    const eve = { email: 'eve@x.io', password: 'secret' };
    expect((await actions?.signUp({ ...eve, name: 'Eve' }, eve))?.name).toBe('Eve');
    expect(engine.state().phase).toBe('fresh');
    expect((await actions?.profile())?.email).toBe('eve@x.io');
    expect(await codeOf(actions?.signUp({ ...eve, name: 'Eve' }) ?? Promise.resolve())).toBe(
      'already-exists',
    );
  });

  it('logs out at the server', async () => {
    const tab = open(provider());
    await tab.engine.signIn(ada);
    const before = server.happened.filter(what => what === 'logout').length;
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(server.happened.filter(what => what === 'logout').length).toBe(before + 1);
    expect(tab.events.map(({ type }) => type)).not.toContain('logout-not-confirmed');
  });

  it('logs out with the server down', async () => {
    const other = await startFeathers();
    const store = memoryStore();
    const tab = open(provider({}, other), store);
    await tab.engine.signIn(ada);
    await other.close();
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(tab.events.map(({ type }) => type)).toContain('logout-not-confirmed');
    const reloaded = open(provider({}, other), store);
    await reloaded.engine.settled();
    expect(reloaded.engine.state().record).toBeNull();
  });

  it('renews nothing, and ends when the token has run out', async () => {
    const brief = await startFeathers({ tokenLife: 1 });
    const own = provider({}, brief);
    const tab = open(own);
    await tab.engine.signIn(ada);
    const held = heldBy(tab);
    const { sid, generation } = tab.engine.state().record ?? { sid: '', generation: 0 };
    expect(await codeOf(tab.engine.refresh())).toBe('not-renewable');
    await until(async () => (await ask(own, held, '/users/0', brief)).status === 401);
    expect((await ask(own, held, '/users/0', brief)).verdict).toBe('token-dead');
    const { session } = own;
    if (session.kind !== 'fixed' || !session.check) throw new Error('There is nothing to check.');
    expect(await codeOf(tab.engine.http.send(session.check, held))).toBe('session-refused');
    const rejection = { sid, generation, proven: false, replayed: false };
    await until(async () => {
      const burst = Array.from({ length: 5 }, () => tab.engine.rejected(rejection));
      expect(await Promise.all(burst)).toEqual([null, null, null, null, null]);
      return tab.engine.state().phase === 'ended';
    });
    expect(tab.engine.state().endReason).toBe('expired');
    await brief.close();
  });

  it('sees that the server has another secret now', async () => {
    const tab = open(provider());
    await tab.engine.signIn(ada);
    const held = heldBy(tab);
    const forged = { ...held, token: `${held.token.slice(0, held.token.lastIndexOf('.'))}.c2lnbmF0dXJl` };
    expect((await ask(provider(), forged)).verdict).toBe('session-over');
  });

  it('keeps a session while the server has trouble, or the user cannot be found', async () => {
    const other = await startFeathers();
    const tab = open(provider({}, other));
    await tab.engine.signIn(ada);
    const { session } = provider({}, other);
    if (session.kind !== 'fixed' || !session.check) throw new Error('There is nothing to check.');
    other.fail(true);
    expect(await codeOf(tab.engine.http.send(session.check, heldBy(tab)))).toBe('server-error');
    expect(await codeOf(open(provider({}, other)).engine.signIn(ada))).toBe('server-error');
    other.fail(false);
    await other.removeUser(0);
    expect(await codeOf(tab.engine.http.send(session.check, heldBy(tab)))).toBe('unexpected-answer');
    await other.close();
  });

  it('says of a strategy that is not allowed that the server is set up wrongly', async () => {
    const { engine } = open(provider());
    expect(await codeOf(engine.signIn({ strategy: 'magic', link: 'x' }))).toBe('strategy-not-allowed');
    const tab = open(provider({ jwtStrategy: 'other' }));
    await tab.engine.signIn(ada);
    const { session } = provider({ jwtStrategy: 'other' });
    if (session.kind !== 'fixed' || !session.check) throw new Error('There is nothing to check.');
    expect(await codeOf(tab.engine.http.send(session.check, heldBy(tab)))).toBe('strategy-not-allowed');
  });

  it('renews with a strategy of the server, until that refuses', async () => {
    const renewing = await startFeathers({ refresh: true });
    const store = memoryStore();
    const tab = open(provider({ refresh: 'refresh' }, renewing), store);
    await tab.engine.signIn(ada);
    const first = heldBy(tab);
    await tab.engine.refresh();
    const second = heldBy(tab);
    expect(second.token).not.toBe(first.token);
    expect(second.secret).not.toBe(first.secret);
    expect((await ask(provider({}, renewing), second, '/users/0', renewing)).status).toBe(200);
    tab.close();

    const reloaded = open(provider({ refresh: 'refresh' }, renewing), store);
    await reloaded.engine.settled();
    renewing.fail(true);
    expect(await codeOf(reloaded.engine.refresh())).toBe('server-error');
    expect(reloaded.engine.state().record).not.toBeNull();
    renewing.fail(false);
    await renewing.close();
  });

  it('renews once for a burst of calls', async () => {
    const renewing = await startFeathers({ refresh: true });
    const { engine, events } = open(provider({ refresh: 'refresh' }, renewing));
    await engine.signIn(ada);
    const { sid = '', generation = 0 } = engine.usable() ?? {};
    const rejection = { sid, generation, proven: true, replayed: false };
    const fresh = await Promise.all(Array.from({ length: 20 }, () => engine.rejected(rejection)));
    expect(new Set(fresh.map(token => token?.generation))).toEqual(new Set([generation + 1]));
    expect(events.filter(({ type }) => type === 'refreshed').length).toBe(1);
    await renewing.close();
  });

  it('ends when the refresh token is refused', async () => {
    const renewing = await startFeathers({ refresh: true });
    const tab = open(provider({ refresh: { strategy: 'refresh', rotation: 'strict' } }, renewing));
    await tab.engine.signIn(ada);
    renewing.forgetRefreshTokens();
    expect(await codeOf(tab.engine.refresh())).toBe('session-ended');
    expect(tab.engine.state().endReason).toBe('refused');
    await renewing.close();
  });

  it('asks for the means to renew from the beginning', async () => {
    expect(await codeOf(open(provider({ refresh: 'refresh' })).engine.signIn(ada))).toBe('unexpected-fields');
  });
});
