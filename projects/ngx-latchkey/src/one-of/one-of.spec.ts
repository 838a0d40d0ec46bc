import {
  AuthError,
  type AuthProvider,
  type AuthUser,
  type RenewableSession,
  delegatedSession,
  redirectFlow,
} from 'ngx-latchkey/core';
import { jwtServer, oneOf } from 'ngx-latchkey';
import { EngineWorld, type Tab } from '../../testing-support/engine-world';
import { json } from '../../testing-support/scripted-server';

const user = { id: '7', name: 'Ada', roles: [] };
const grant = (accessToken: string, more: object = {}) =>
  json(200, { accessToken, refreshToken: `${accessToken}-refresh`, expiresIn: 60, user, ...more });

/** A provider that sends its users elsewhere. */
function elsewhere(): AuthProvider {
  return {
    ...(jwtServer({ url: 'https://sso.test' }) as AuthProvider),
    id: 'elsewhere',
    signIn: {
      start: () =>
        Promise.resolve({ redirect: 'https://sso.test/login', state: 's1', transaction: { nonce: 1 } }),
      callback: {
        stateIn: url => url.searchParams.get('state'),
        cleaned: url => new URL(url.pathname, url),
        complete: async (_url, transaction) => ({
          token: `sso ${JSON.stringify(transaction)}`,
          secret: 'r',
          expiresIn: 60,
        }),
        signOut: (_held, state) => `https://sso.test/logout?state=${state}`,
        flow: () => redirectFlow(),
      },
    },
  };
}

function provider() {
  return oneOf(
    {
      mail: jwtServer({ url: 'https://mail.test', api: ['https://mail-api.test'] }),
      shop: jwtServer({ url: 'https://shop.test', refreshToken: 'cookie' }),
      company: elsewhere(),
    },
    { api: ['https://api.test'] },
  );
}

describe('oneOf()', () => {
  let world: EngineWorld;
  let tab: Tab;
  const credentials = { username: 'ada', password: 'secret' };

  beforeEach(() => {
    world = new EngineWorld();
    tab = world.tab(provider());
  });

  const sentTo = (origin: string): number =>
    world.server.requests.filter(({ url }) => url.startsWith(`${origin}/`)).length;
  const signIn = async (name: string, token: string): Promise<void> => {
    world.server.willReply(grant(token));
    await tab.engine.signIn({ provider: name, ...credentials });
  };

  it('signs in with the provider that was chosen', async () => {
    await signIn('mail', 'one');
    expect(world.server.requests[0]?.url).toBe('https://mail.test/auth/login');
    expect<unknown>(world.server.requests[0]?.json).toEqual(credentials);
    expect(tab.engine.state().record?.held.user?.id).toBe('mail:7');
  });

  it('renews, and ends, at the server that the session is of; also after a reload', async () => {
    await signIn('mail', 'one');
    const reloaded = world.tab(provider());
    await reloaded.engine.settled();
    world.server.willReply(grant('two'), json(200, {}));
    await reloaded.engine.refresh();
    const [renewal] = world.server.to('https://mail.test/auth/refresh');
    expect<unknown>(renewal?.json).toEqual({ refreshToken: 'one-refresh' });
    expect(reloaded.engine.state().record?.held.user?.id).toBe('mail:7');
    await reloaded.engine.end('user');
    expect(world.server.to('https://mail.test/auth/logout').length).toBe(1);
    expect(sentTo('https://shop.test')).toBe(0);
  });

  it('renews by cookie where the provider does', async () => {
    await signIn('shop', 'one');
    world.server.willReply(grant('two'));
    await tab.engine.refresh();
    const [renewal] = world.server.to('https://shop.test/auth/refresh');
    expect(renewal?.credentials).toBe('include');
    expect<unknown>(renewal?.json).toEqual({});
    expect(tab.engine.usable()?.held.token).toBe('two');
  });

  it('sends users elsewhere and takes them back, each to the provider that it began with', async () => {
    const redirect = await tab.engine.signIn({ provider: 'company' });
    if (!('redirect' in redirect)) throw new Error('It leads nowhere.');
    expect<unknown>(redirect.transaction).toEqual({ provider: 'company', transaction: { nonce: 1 } });
    const { callback } = provider().signIn;
    const url = new URL('https://app.test/?state=s1');
    expect(callback?.stateIn(url)).toBe('s1');
    const held = await callback?.complete(url, redirect.transaction, tab.engine.http);
    expect(held?.token).toBe('sso {"nonce":1}');
    expect(callback?.signOut?.(held ?? { token: '' }, 'out.1')).toBe('https://sso.test/logout?state=out.1');
  });

  it('has its token go where the application says, and not where one of the providers would', () => {
    const { api, endpoints } = provider();
    expect(api.origins).toEqual(['https://api.test']);
    expect(endpoints).toContain('https://mail.test/auth/login');
    expect(endpoints).toContain('https://shop.test/auth/login');
  });

  it('asks for a provider that is there', async () => {
    await expectAsync(tab.engine.signIn(credentials)).toBeRejectedWithError(
      AuthError,
      /invalid-input.*"mail" or "shop"/,
    );
  });

  it('ends a session of a provider that is not offered any more, when it has to be renewed', async () => {
    await signIn('mail', 'one');
    const fewer = oneOf({ shop: jwtServer({ url: 'https://shop.test' }) }, { api: [] });
    const later = world.tab(fewer);
    await later.engine.settled();
    await expectAsync(later.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
  });

  it('ends a session that cannot be renewed with its token', async () => {
    const guest: AuthProvider = {
      ...(jwtServer({ url: 'https://guest.test' }) as AuthProvider),
      session: { kind: 'fixed' },
    };
    const several = world.tab(oneOf({ mail: jwtServer({ url: 'https://mail.test' }), guest }, { api: [] }));
    world.server.willReply(json(200, { accessToken: 'one', expiresIn: 60, user }));
    await several.engine.signIn({ provider: 'guest', ...credentials });
    await world.clock.advance(61_000);
    const { sid = '', generation = 0 } = several.engine.state().record ?? {};
    await several.engine.rejected({ sid, generation, proven: false, replayed: false });
    expect([several.phase, several.engine.state().endReason]).toEqual(['ended', 'expired']);
    expect(sentTo('https://mail.test')).toBe(0);
  });

  it('asks after a renewal who the user is where the provider does, and nobody where it does not', async () => {
    const mail = jwtServer({ url: 'https://mail.test' }) as AuthProvider;
    const checked: AuthProvider = {
      ...mail,
      session: {
        ...(mail.session as RenewableSession),
        check: {
          request: ({ user: known }) => ({ url: `https://mail.test/me/${known?.id ?? ''}`, method: 'GET' }),
          read: ({ json: body }) => body as AuthUser,
        },
      },
    };
    const choices = { mail: checked, shop: jwtServer({ url: 'https://shop.test' }) };
    const several = world.tab(oneOf(choices, { api: [] }));
    world.server.willReply(
      grant('one'),
      grant('two'),
      json(200, { ...user, name: 'Countess', permissions: [] }),
    );
    await several.engine.signIn({ provider: 'mail', ...credentials });
    await several.engine.refresh();
    await world.clock.advance(0);
    expect(several.engine.state().record?.held.user).toEqual(
      jasmine.objectContaining({ id: 'mail:7', name: 'Countess' }),
    );
    expect(world.server.to('https://mail.test/me/7').length).toBe(1);
    world.server.willReply(grant('three'), grant('four'));
    await several.engine.signIn({ provider: 'shop', ...credentials });
    await several.engine.refresh();
    await world.clock.advance(0);
    expect(several.engine.state().record?.held.user?.id).toBe('shop:7');
    expect(sentTo('https://shop.test')).toBe(2);
  });

  it('takes no session that an SDK keeps', () => {
    const session = delegatedSession({
      connect: () => () => undefined,
      token: async () => null,
      end: async () => undefined,
    });
    const sdk: AuthProvider = { ...elsewhere(), session };
    expect(() => oneOf({ sdk }, { api: [] })).toThrowError(AuthError, /unsupported-choice.*sdk/);
  });
});
