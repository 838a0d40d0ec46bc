import { AuthError } from 'ngx-latchkey';
import { newKeyPair } from './dpop-key';
import { type KeyStore, memoryKeys } from './key-store';
import { keyStore } from './steadfast-keys';
import { sessionKey } from './session-key';

describe('The key of a session', () => {
  let names = 0;
  let name: string;
  let one: KeyStore;
  let other: KeyStore;

  beforeEach(() => {
    name = `keys-${String((names += 1))}-${crypto.randomUUID()}`;
    one = keyStore(name, 'persistent');
    other = keyStore(name, 'persistent');
  });

  afterEach(() => one.drop());

  const thumbprint = async (store: KeyStore, sid: string): Promise<string> =>
    (await sessionKey(store).of(sid)).thumbprint;

  it('is one for all tabs, also for those that begin a sign-in at the same moment', async () => {
    const keys = await Promise.all([one, other].map(store => sessionKey(store).obtain(undefined)));
    expect(new Set(keys.map(key => key.thumbprint)).size).toBe(1);
    expect(await thumbprint(other, 'session')).toBe(keys[0]?.thumbprint ?? '');
  });

  it('is kept as it was made: unreadable', async () => {
    await sessionKey(one).obtain(undefined);
    expect((await other.read())?.privateKey.extractable).toBe(false);
  });

  it('is gone for all tabs after a logout', async () => {
    const key = sessionKey(one);
    await key.obtain('session');
    await key.drop();
    expect(await other.read()).toBeUndefined();
    await expectAsync(sessionKey(other).of('session')).toBeRejectedWithError(AuthError, /^dpop-key-lost/);
    // What tells the server of the logout comes after that.
    expect((await key.of(undefined)).privateKey).toBeDefined();
  });

  it('is another for a sign-in right after the logout, however long the storage takes', async () => {
    const kept = memoryKeys();
    const gate = Promise.withResolvers<undefined>();
    const key = sessionKey({ ...kept, drop: () => gate.promise.then(kept.drop) });
    const before = await key.obtain('session');
    const dropped = key.drop();
    const next = key.obtain(undefined);
    gate.resolve(undefined);
    expect((await next).thumbprint).not.toBe(before.thumbprint);
    await dropped;
    expect(await kept.read()).toBeDefined();
  });

  it('is looked up anew for a session that another tab began', async () => {
    const here = sessionKey(one);
    const before = await here.obtain('first');
    await other.drop();
    const there = await sessionKey(other).obtain(undefined);
    expect((await here.of('first')).thumbprint).toBe(before.thumbprint);
    expect((await here.of('second')).thumbprint).toBe(there.thumbprint);
  });

  it('is of one tab where the session is', async () => {
    const tabs = [keyStore(name, 'tab'), keyStore(name, 'tab')];
    const keys = await Promise.all(tabs.map(store => sessionKey(store).obtain(undefined)));
    expect(keys[0]?.thumbprint).not.toBe(keys[1]?.thumbprint ?? '');
  });

  it('is kept in memory where the browser stores nothing', async () => {
    spyOn(indexedDB, 'open').and.throwError(new DOMException('blocked', 'SecurityError'));
    const pair = await newKeyPair();
    expect(await one.keep(pair)).toBe(pair);
    expect(await one.read()).toBe(pair);
    await one.drop();
  });

  it('is not taken for lost where nobody can look', async () => {
    spyOn(indexedDB, 'open').and.throwError(new DOMException('blocked', 'SecurityError'));
    await expectAsync(sessionKey(one).of('session')).toBeRejectedWithError(AuthError, /^storage-unreadable/);
  });

  it('needs WebCrypto', async () => {
    spyOnProperty(crypto, 'subtle').and.returnValue(undefined as unknown as SubtleCrypto);
    await expectAsync(sessionKey(one).obtain(undefined)).toBeRejectedWithError(
      AuthError,
      /^dpop-unavailable/,
    );
  });
});
