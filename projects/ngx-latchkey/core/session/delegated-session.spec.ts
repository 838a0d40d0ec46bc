import { AuthError, type AuthProvider, type Grant, authError, delegatedSession } from 'ngx-latchkey/core';
import { EngineWorld, type Tab } from '../../testing-support/engine-world';

const ada = { id: '1', roles: [], permissions: [], profile: {} };

/** An SDK of some vendor that does what it is told. */
class VendorDouble {
  held: Grant | null = { token: 'one', expiresIn: 60, user: ada };
  changed: (grant: Grant | null) => void = () => undefined;
  asked: boolean[] = [];
  trouble: Error | null = null;
  endings = 0;

  readonly provider: AuthProvider = {
    id: 'vendor',
    audience: 'https://vendor.test',
    endpoints: [],
    signIn: { start: () => Promise.reject(authError('misconfigured', 'sign-in-elsewhere', 'vendor')) },
    session: delegatedSession({
      connect: changed => {
        this.changed = changed;
        changed(this.held);
        return () => (this.changed = () => undefined);
      },
      token: async force => {
        this.asked.push(force);
        if (this.trouble) throw this.trouble;
        return this.held;
      },
      end: async () => {
        this.endings += 1;
        this.changed(null);
      },
    }),
    api: { origins: ['https://api.test'] },
    factory: () => undefined,
  };
}

describe('A session that a vendor keeps', () => {
  let world: EngineWorld;
  let vendor: VendorDouble;
  let tab: Tab;

  beforeEach(async () => {
    world = new EngineWorld();
    vendor = new VendorDouble();
    tab = world.tab(vendor.provider);
  });

  it('is known as soon as the SDK knows', async () => {
    await tab.engine.settled();
    expect(tab.engine.usable()?.held.token).toBe('one');
    expect(tab.engine.state().record?.held.user).toEqual(ada);
    expect(tab.phase).toBe('fresh');
  });

  it('is none where the SDK has nobody', async () => {
    vendor.held = null;
    await tab.engine.settled();
    expect(tab.phase).toBe('anonymous');
    await expectAsync(tab.engine.token()).toBeResolvedTo(null);
  });

  it('asks the SDK for a token that can be used when the one it knows runs out', async () => {
    await tab.engine.settled();
    await world.clock.advance(56_000);
    vendor.held = { token: 'two', expiresIn: 60, user: ada };
    expect(tab.engine.usable()).toBeNull();
    expect((await tab.engine.token())?.held.token).toBe('two');
    expect(vendor.asked).toEqual([false]);
  });

  it('takes what the SDK renews by itself', async () => {
    await tab.engine.settled();
    vendor.changed({ token: 'two', expiresIn: 60, user: ada });
    expect(tab.engine.usable()?.held.token).toBe('two');
    expect(tab.engine.usable()?.generation).toBe(2);
    expect(tab.count('signed-in')).toBe(1);
  });

  it('answers a rejection with a token that the SDK has not cached', async () => {
    await tab.engine.settled();
    const token = tab.engine.usable();
    vendor.held = { token: 'two', expiresIn: 60, user: ada };
    const again = token && (await tab.engine.rejected({ ...token, proven: true, replayed: false }));
    expect(again?.held.token).toBe('two');
    expect(vendor.asked).toEqual([true]);
  });

  it('survives an SDK in trouble', async () => {
    await tab.engine.settled();
    await world.clock.advance(56_000);
    vendor.trouble = new Error('Failed to fetch');
    await expectAsync(tab.engine.token()).toBeRejectedWithError(AuthError, /temporarily-unavailable/);
    expect(tab.engine.state().record).not.toBeNull();
    expect(tab.phase).toBe('suspended');
  });

  it('ends when the SDK says so', async () => {
    await tab.engine.settled();
    vendor.changed(null);
    expect(tab.phase).toBe('ended');
    expect(tab.count('ended')).toBe(1);
  });

  it('is another session when the SDK has another user', async () => {
    await tab.engine.settled();
    const before = tab.engine.usable()?.sid;
    vendor.changed({ token: 'x', user: { ...ada, id: '2' } });
    expect(tab.engine.usable()?.sid).not.toBe(before);
    expect(tab.count('signed-in')).toBe(2);
  });

  it('logs out through the SDK, at once', async () => {
    await tab.engine.settled();
    const logout = tab.engine.end('user');
    await logout;
    expect(vendor.endings).toBe(1);
    expect(tab.engine.usable()).toBeNull();
    expect(tab.phase).toBe('ended');
  });

  it('says where signing in happens', async () => {
    await expectAsync(tab.engine.signIn({})).toBeRejectedWithError(AuthError, /sign-in-elsewhere/);
    await expectAsync(tab.engine.accept({ token: 'x' })).toBeRejectedWithError(
      AuthError,
      /sign-in-elsewhere/,
    );
  });
});
