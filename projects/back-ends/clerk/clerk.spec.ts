import { AuthError, type AuthHttp, type Grant, type VendorSdk, readJwt } from 'ngx-latchkey/core';
import { clerk } from 'ngx-latchkey/clerk';
import { providerPromises } from 'ngx-latchkey/testing';
import { clerkSdk } from '../../ngx-latchkey/clerk/clerk-sdk';
import { contextOf } from '../harness/action-context';
import { nodeTab } from '../harness/node-tab';
import { keepsItsPromises } from '../harness/promises';
import { ACME, ADA, ClerkDouble, ClerkSessionDouble } from './clerk-double';

const NOW = 1_800_000_000;
const NOTHING_IS_SENT: AuthHttp = { send: () => Promise.reject(new Error('Nothing is sent.')) };

describe('clerk()', () => {
  let instance: ClerkDouble;
  let session: ClerkSessionDouble;
  let sdk: VendorSdk;
  let heard: (Grant | null)[];
  let seconds: number;

  beforeEach(() => {
    seconds = 0;
    spyOn(Date, 'now').and.callFake(() => (NOW + seconds) * 1000);
    instance = new ClerkDouble();
    session = new ClerkSessionDouble();
    sdk = clerkSdk(instance, {});
    heard = [];
  });

  const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const connect = async (): Promise<() => void> => {
    const stop = sdk.connect(grant => heard.push(grant));
    await settle();
    return stop;
  };
  const lastUser = () => heard.at(-1)?.user;
  const made = (grant: Grant | null | undefined) => readJwt(grant?.token)?.['made'];

  it('says nothing before Clerk is loaded, and then who is signed in', async () => {
    await connect();
    expect(heard).toEqual([]);
    instance.become(session, ADA);
    await settle();
    expect(heard.length).toBe(1);
    expect(lastUser()).toEqual({
      id: 'user_1',
      name: 'Ada Lovelace',
      email: 'ada@example.test',
      roles: ['editor'],
      permissions: [],
      profile: {
        username: 'ada',
        imageUrl: 'https://img.clerk.test/ada',
        publicMetadata: { roles: ['editor'], team: 'analytics' },
        organization: null,
      },
    });
    expect(heard[0]?.expiresIn).toBe(60);
  });

  it('says that nobody is, where Clerk is sure', async () => {
    instance.become(null, null);
    await connect();
    instance.become(session, null);
    await settle();
    expect(heard).toEqual([null, null]);
  });

  it('calls a user without a name by the user name, and does without either and without an address', async () => {
    instance.become(session, { ...ADA, fullName: null, primaryEmailAddress: null });
    await connect();
    expect(lastUser()).toEqual(jasmine.objectContaining({ name: 'ada', email: undefined }));
    instance.become(session, { ...ADA, fullName: null, username: null });
    await settle();
    expect(lastUser()?.name).toBeUndefined();
  });

  it('knows role and permissions in the active organization', async () => {
    instance.become(session, ADA, ACME.organization);
    await connect();
    expect(lastUser()?.roles).toEqual(['org:admin', 'editor']);
    expect(lastUser()?.permissions).toEqual(['org:invoices:create', 'org:sys_memberships:manage']);
    expect(lastUser()?.profile['organization']).toEqual({ id: 'org_acme', name: 'Acme', slug: 'acme' });
  });

  it('can store what it tells of a user', async () => {
    const publicMetadata = { when: new Date(0), how: () => 'a function' };
    instance.become(session, { ...ADA, publicMetadata }, ACME.organization);
    await connect();
    expect(lastUser()?.profile['publicMetadata']).toEqual({ when: '1970-01-01T00:00:00.000Z' });
    expect(() => structuredClone(heard)).not.toThrow();
  });

  it('finds roles elsewhere, and asks for a token of a template', async () => {
    sdk = clerkSdk(instance, { roles: 'publicMetadata.team', template: 'hasura' });
    instance.become(session, ADA);
    await connect();
    expect(lastUser()?.roles).toEqual(['analytics']);
    expect(session.asked).toEqual([{ skipCache: false, template: 'hasura' }]);
  });

  it("adds the user's own permissions to those in the organization", async () => {
    const publicMetadata = { permissions: ['reports:read'], team: { may: 'reports:write' } };
    instance.become(session, { ...ADA, publicMetadata }, ACME.organization);
    await connect();
    const inAcme = ['org:invoices:create', 'org:sys_memberships:manage'];
    expect(lastUser()?.permissions).toEqual([...inAcme, 'reports:read']);
    sdk = clerkSdk(instance, { permissions: 'publicMetadata.team.may' });
    await connect();
    expect(lastUser()?.permissions).toEqual([...inAcme, 'reports:write']);
  });

  it('goes on in another organization without a logout in between', async () => {
    instance.become(session, ADA);
    await connect();
    const nobody = contextOf({
      http: NOTHING_IS_SENT,
      signIn: () => Promise.reject(new Error('Nobody signs in.')),
      held: () => null,
    });
    const actions = clerk(instance).actions?.(nobody);
    expect(clerk(new ClerkDouble()).actions?.(nobody).organizations()).toEqual([]);
    expect(actions?.organizations().map(({ id }) => id)).toEqual(['org_acme', 'org_umbrella']);
    await actions?.setOrganization('org_umbrella');
    await settle();
    expect(lastUser()?.roles).toEqual(['org:member', 'editor']);
    await actions?.setOrganization(null);
    await settle();
    expect(lastUser()?.roles).toEqual(['editor']);
    expect(heard).not.toContain(null);
  });

  it('replaces a token ahead of its end, once', async () => {
    instance.become(session, ADA);
    expect(made(await sdk.token(false))).toBe(1);
    seconds = 45;
    expect(made(await sdk.token(false))).toBe(1);
    seconds = 55;
    const ahead = await sdk.token(false);
    expect(made(ahead)).toBe(2);
    expect(ahead?.expiresIn).toBe(60);
    expect(session.asked.map(options => options?.skipCache)).toEqual([false, false, false, true]);
  });

  it('says how long a token still lives, not how long it lived at first', async () => {
    instance.become(session, ADA);
    await sdk.token(false);
    seconds = 40;
    expect((await sdk.token(false))?.expiresIn).toBe(20);
  });

  it('does not go round in circles where the local clock is wrong', async () => {
    instance.become(session, ADA);
    await connect();
    seconds = 58;
    instance.become(session, ADA);
    await settle();
    expect(session.asked.filter(options => options?.skipCache === true)).toEqual([]);
    seconds = -3600;
    expect((await sdk.token(false))?.expiresIn).toBeUndefined();
  });

  it('asks once for each token where they all come with little or no life left', async () => {
    instance.become(session, ADA);
    await sdk.token(false);
    const token = await session.getToken();
    const getToken = spyOn(session, 'getToken').and.resolveTo(token);
    seconds = 3600;
    expect((await sdk.token(false))?.expiresIn).toBeUndefined();
    expect(getToken).toHaveBeenCalledTimes(1);
    seconds = 55;
    expect((await sdk.token(true))?.expiresIn).toBe(5);
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it('asks past the cache where it is told to', async () => {
    instance.become(session, ADA);
    await sdk.token(false);
    expect(made(await sdk.token(true))).toBe(2);
  });

  it('has no token where nobody is signed in', async () => {
    instance.become(null, null);
    await expectAsync(sdk.token(true)).toBeResolvedTo(null);
  });

  it('takes Clerk between two sessions, and without a token, for no logout', async () => {
    instance.become(session, ADA);
    await connect();
    spyOn(session, 'getToken').and.resolveTo(null);
    const failure = await sdk.token(true).catch((reason: unknown) => reason);
    expect(failure).toEqual(
      jasmine.objectContaining({ failure: 'not-now', code: 'temporarily-unavailable' }),
    );
    instance.become(session, ADA, ACME.organization);
    instance.become(undefined, undefined);
    await settle();
    await expectAsync(sdk.token(true)).toBeRejectedWithError(AuthError, /^temporarily-unavailable/);
    expect(heard).not.toContain(null);
  });

  it('does not tell of a session whose token comes after the logout, or after nobody listens', async () => {
    const stop = await connect();
    let arrive = (): void => undefined;
    session.arrival = new Promise(resolve => {
      arrive = resolve;
    });
    instance.become(session, ADA);
    instance.become(null, null);
    await settle();
    instance.become(session, ADA);
    stop();
    arrive();
    await settle();
    expect(heard).toEqual([null]);
  });

  for (const [code, expected, facts] of [
    // Its explanation would take a fact for the address that was asked.
    ['clerk_offline', 'unreachable', []],
    ['network_error', 'unreachable', []],
    ['api_response_error', 'sdk-failed', ['api_response_error']],
  ] as const) {
    it(`takes ${code} for no end`, async () => {
      instance.become(session, ADA);
      session.trouble = code;
      await connect();
      expect(heard).toEqual([]);
      const error: unknown = await sdk.token(true).catch((reason: unknown) => reason);
      expect(error).toEqual(jasmine.objectContaining({ failure: 'not-now', code: expected, facts }));
    });
  }

  it('signs out, and leaves it to the application where to go', async () => {
    instance.become(session, ADA);
    const stop = await connect();
    await sdk.end();
    await settle();
    expect(heard.at(-1)).toBeNull();
    expect(instance.wentTo).toEqual([]);
    stop();
    expect(instance.heard).toBe(0);
  });

  it('is a delegated session, and says where signing in happens', async () => {
    const provider = clerk(instance, { api: ['https://api.test'] });
    expect(provider.session.kind).toBe('delegated');
    expect(provider.audience).toBe('clerk.example.test');
    expect(provider.api.origins).toEqual(['https://api.test']);
    await expectAsync(provider.signIn.start({}, NOTHING_IS_SENT)).toBeRejectedWithError(
      AuthError,
      /^sign-in-elsewhere/,
    );
  });

  it('goes through the engine: sign-in, organization, logout', async () => {
    const tab = nodeTab(clerk(instance));
    instance.become(session, ADA);
    await tab.engine.settled();
    const { sid } = tab.engine.usable() ?? {};
    expect(tab.engine.state().record?.held.user?.id).toBe('user_1');
    await instance.setActive({ organization: 'org_acme' });
    await settle();
    expect(tab.engine.usable()?.sid).toBe(sid ?? '');
    expect(tab.engine.state().record?.held.user?.roles).toContain('org:admin');
    seconds = 56;
    expect(made((await tab.engine.token())?.held)).toBe(2);
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(instance.session).toBeNull();
    tab.close();
  });
});

describe('clerk(): promises', () => {
  const loaded = (trouble: string | null): ClerkDouble => {
    const instance = new ClerkDouble();
    const session = new ClerkSessionDouble();
    session.trouble = trouble;
    instance.become(session, ADA, ACME.organization);
    return instance;
  };

  keepsItsPromises({
    provider: () => clerk(loaded(null), { api: ['https://api.test'] }),
    inTrouble: () => clerk(loaded('api_response_error')),
  });

  it('go for nobody too', async () => {
    const instance = new ClerkDouble();
    instance.become(null, null);
    for (const { check } of providerPromises({ provider: () => clerk(instance) })) {
      await expectAsync(check()).toBeResolved();
    }
  });
});
