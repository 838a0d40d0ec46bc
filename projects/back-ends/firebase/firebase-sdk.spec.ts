import { AuthError, type Grant, type VendorSdk } from 'ngx-latchkey/core';
import { fromFirebaseAuth } from 'ngx-latchkey/firebase';
import { firebaseSdk } from '../../ngx-latchkey/firebase/firebase-sdk';
import { nodeTab } from '../harness/node-tab';
import { keepsItsPromises } from '../harness/promises';
import { FirebaseAuthDouble, SdkUserDouble } from './firebase-sdk-double';

const NOW = 1_800_000_000;

describe('firebase: fromFirebaseAuth()', () => {
  let auth: FirebaseAuthDouble;
  let sdk: VendorSdk;
  let heard: (Grant | null)[];

  const userOf = (uid: string, secondsLeft = 900): SdkUserDouble =>
    new SdkUserDouble(uid, { iat: NOW + secondsLeft - 3600, exp: NOW + secondsLeft });
  const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const ids = () => heard.map(grant => grant?.user?.id ?? null);

  beforeEach(() => {
    spyOn(Date, 'now').and.returnValue(NOW * 1000);
    auth = new FirebaseAuthDouble();
    sdk = firebaseSdk(auth, {});
    heard = [];
  });

  const connect = async (): Promise<() => void> => {
    const stop = sdk.connect(grant => heard.push(grant));
    await settle();
    return stop;
  };

  it('tells at once who is signed in', async () => {
    auth.currentUser = userOf('ada');
    await connect();
    expect(heard[0]?.user).toEqual(
      jasmine.objectContaining({ id: 'ada', name: 'User ada', roles: ['admin'] }),
    );
    expect(heard[0]?.secret).toBeUndefined();
  });

  it('tells that nobody is', async () => {
    await connect();
    expect(heard).toEqual([null]);
  });

  it('tells of a sign-in, another user and a logout, until it is stopped', async () => {
    const stop = await connect();
    auth.become(userOf('ada'));
    await settle();
    auth.become(userOf('grace'));
    await settle();
    auth.become(null);
    await settle();
    expect(ids()).toEqual([null, 'ada', 'grace', null]);
    stop();
    expect(auth.heard).toBeFalse();
  });

  it('does not tell of a user whose token comes after the logout, or after nobody listens', async () => {
    const stop = await connect();
    let arrive = (): void => undefined;
    const late = userOf('ada');
    late.arrival = new Promise(resolve => {
      arrive = resolve;
    });
    auth.become(late);
    auth.become(null);
    await settle();
    auth.become(late);
    stop();
    arrive();
    await settle();
    expect(ids()).toEqual([null, null]);
  });

  it('says nothing while the SDK cannot get a token', async () => {
    auth.currentUser = userOf('ada');
    auth.currentUser.trouble = 'auth/network-request-failed';
    await connect();
    expect(heard).toEqual([]);
  });

  it('says how long a token still lives, not how long it lived at first', async () => {
    auth.currentUser = userOf('ada', 120);
    expect((await sdk.token(false))?.expiresIn).toBe(120);
  });

  for (const left of [-60, 4000]) {
    it(`leaves it open where the local clock must be wrong: ${String(left)} seconds left`, async () => {
      const span = left < 0 ? { iat: NOW - 3660, exp: NOW - 60 } : { iat: NOW + 400, exp: NOW + 4000 };
      auth.currentUser = new SdkUserDouble('ada', span);
      expect((await sdk.token(false))?.expiresIn).toBeUndefined();
    });
  }

  it('has the SDK renew where it is asked to', async () => {
    auth.currentUser = userOf('ada');
    const first = await sdk.token(false);
    const forced = await sdk.token(true);
    expect(auth.currentUser.asked).toEqual([false, true]);
    expect(forced?.token).not.toBe(first?.token);
    expect(forced?.user?.profile['version']).toBe(1);
  });

  it('does not say that nobody is signed in before the SDK knows', async () => {
    spyOn(auth, 'authStateReady').and.callFake(async () => {
      auth.currentUser = userOf('ada');
    });
    expect((await sdk.token(false))?.user?.id).toBe('ada');
  });

  it('does without authStateReady, which Firebase 9 has not', async () => {
    const { app, currentUser } = { app: auth.app, currentUser: userOf('ada') };
    const older = {
      app,
      currentUser,
      onIdTokenChanged: () => () => undefined,
      signOut: () => auth.signOut(),
    };
    expect((await firebaseSdk(older, {}).token(false))?.user?.id).toBe('ada');
  });

  it('has no token where nobody is signed in', async () => {
    await expectAsync(sdk.token(true)).toBeResolvedTo(null);
  });

  const troubles = [
    ['auth/network-request-failed', 'unreachable'],
    ['auth/too-many-requests', 'rate-limited'],
    ['auth/internal-error', 'sdk-failed'],
  ] as const;
  for (const [code, expected] of troubles) {
    it(`takes ${code} for no end`, async () => {
      auth.currentUser = userOf('ada');
      auth.currentUser.trouble = code;
      const error: unknown = await sdk.token(true).catch((reason: unknown) => reason);
      expect(error instanceof AuthError && `${error.failure} ${error.code}`).toBe(`not-now ${expected}`);
    });
  }

  it('ends through the SDK', async () => {
    auth.currentUser = userOf('ada');
    await connect();
    await sdk.end();
    await settle();
    expect(auth.endings).toBe(1);
    expect(ids()).toEqual(['ada', null]);
  });

  it('finds roles and permissions where it is told to', async () => {
    auth.currentUser = userOf('ada');
    const tab = nodeTab(fromFirebaseAuth(auth, { roles: 'name', permissions: 'roles' }));
    await tab.engine.settled();
    await settle();
    expect(tab.engine.state().record?.held.user).toEqual(
      jasmine.objectContaining({ roles: ['User ada'], permissions: ['admin'] }),
    );
    tab.close();
  });

  it('is a delegated session, and says where signing in happens', async () => {
    const provider = fromFirebaseAuth(auth, { api: ['https://api.test'] });
    expect(provider.session.kind).toBe('delegated');
    expect(provider.audience).toBe('demo-test');
    expect(provider.api.origins).toEqual(['https://api.test']);
    const login = provider.signIn.start({}, { send: () => Promise.reject(new Error('Nothing is sent.')) });
    await expectAsync(login).toBeRejectedWith(
      jasmine.objectContaining({ failure: 'misconfigured', code: 'sign-in-elsewhere' }),
    );
  });

  it('goes through the engine: sign-in, renewal, logout', async () => {
    const tab = nodeTab(fromFirebaseAuth(auth));
    await tab.engine.settled();
    expect(tab.engine.usable()).toBeNull();
    auth.become(userOf('ada'));
    await settle();
    expect(tab.engine.state().record?.held.user?.id).toBe('ada');
    await tab.engine.refresh();
    expect(tab.engine.usable()?.generation).toBe(2);
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(auth.endings).toBe(1);
    tab.close();
  });
});

describe('firebase: fromFirebaseAuth() promises', () => {
  const signedIn = (trouble: string | null): FirebaseAuthDouble => {
    const auth = new FirebaseAuthDouble();
    auth.currentUser = new SdkUserDouble('ada', { iat: NOW, exp: NOW + 3600 });
    auth.currentUser.trouble = trouble;
    return auth;
  };

  keepsItsPromises({
    provider: () => fromFirebaseAuth(signedIn(null), { api: ['https://api.test'] }),
    inTrouble: () => fromFirebaseAuth(signedIn('auth/network-request-failed')),
  });
});
