import { readFileSync } from 'node:fs';
import { AuthError, type Held } from 'ngx-latchkey/core';
import { spaceCloud } from 'ngx-latchkey/space-cloud';
import { contextOf } from '../harness/action-context';
import { answeringHttp } from '../harness/answering-http';
import { fixtureHttp } from '../harness/fixture-http';
import { keepsItsPromises } from '../harness/promises';
import { SAMPLE_JWT, type WireFixture } from '../harness/wire-fixture';

const WIRE = JSON.parse(
  readFileSync(new URL('wire.json', import.meta.url), 'utf8'),
) as readonly WireFixture[];
const ADA = { email: 'ada@example.test', password: 'secret' };
const GATEWAY = 'https://gateway.test';

const providerAt = (url: string) => spaceCloud({ url, project: 'shop', database: 'mongo' });

describe('space-cloud: spaceCloud() by the file', () => {
  const http = fixtureHttp(GATEWAY, WIRE);
  const provider = providerAt(GATEWAY);
  const answered = (name: string) => {
    const { status, json } = WIRE.find(fixture => fixture.name === name)?.answer ?? { status: 0 };
    return { status, headers: {}, json };
  };
  let held: Held | null = null;
  const actions = provider.actions?.(
    contextOf({
      http,
      held: () => held,
      async signIn(grant) {
        held = grant;
      },
    }),
  );

  it('asks what is written there', async () => {
    held = (await provider.signIn.start(ADA, http)) as Held;
    expect((await actions?.profile())?.name).toBe('Ada');
    expect((await actions?.profiles())?.length).toBe(2);
    expect((await actions?.editProfile({ name: 'Countess' }))?.name).toBe('Countess');
    const grace = { email: 'grace@example.test', password: 'secret', name: 'Grace', role: 'author' };
    expect((await actions?.signUp(grace))?.roles).toEqual(['author']);
    expect(http.asked).toEqual(['sign-in', 'profile', 'profiles', 'edited profile', 'sign-up']);
  });

  it('asks for one user by the id, whatever is in it, and for nobody without a session', async () => {
    const user = { id: 'a/b', roles: [], permissions: [], profile: {} };
    const server = answeringHttp({ token: 't', user: { id: 'a/b' } });
    const actionsOf = (now: Held) => provider.actions?.(contextOf({ http: server, held: () => now }));
    const known = actionsOf({ token: 't', user });
    await known?.profile();
    await known?.profile('c?d');
    await known?.editProfile({ name: 'Ada' });
    expect(server.requests.map(({ url }) => url.replace(provider.audience, ''))).toEqual([
      '/profile/a%2Fb',
      '/profile/c%3Fd',
      '/edit_profile/a%2Fb',
    ]);
    await expectAsync(Promise.resolve(actionsOf({ token: 't' })?.profile())).toBeRejectedWithError(
      AuthError,
      /^unauthenticated/,
    );
  });

  it('knows the user on SQL too, and no password', async () => {
    const json = { token: 't', user: { id: 7, pass: 'hash', role: 'a', access: { may: ['read'] } } };
    const sql = spaceCloud({
      url: GATEWAY,
      project: 'shop',
      database: 'postgres',
      permissions: 'access.may',
    });
    const grant = await sql.signIn.start(ADA, {
      send: async (exchange, input) => exchange.read({ status: 200, headers: {}, json }, input) as never,
    });
    expect('user' in grant && grant.user).toEqual(
      jasmine.objectContaining({ id: '7', roles: ['a'], permissions: ['read'] }),
    );
    expect(JSON.stringify(grant)).not.toContain('hash');
  });

  it('finds roles where it is told to, and sends tokens where the application says', async () => {
    const options = { url: GATEWAY, project: 'shop', database: 'mongo' };
    const { signIn, api } = spaceCloud({ ...options, roles: 'access.groups', api: ['https://api.test'] });
    const user = { id: '7', role: 'elsewhere', access: { groups: ['editor', ''] } };
    expect<unknown>(await signIn.start(ADA, answeringHttp({ token: 't', user }))).toEqual(
      jasmine.objectContaining({ user: jasmine.objectContaining({ roles: ['editor'] }) }),
    );
    expect(api.origins).toEqual([`${GATEWAY}/v1/api/shop`, 'https://api.test']);
    expect(api.judge).toEqual(jasmine.any(Function));
  });

  it('takes an empty token for none, and what is no user for no user', async () => {
    const login = provider.signIn.start(ADA, answeringHttp({ token: '', user: { id: '7' } }));
    await expectAsync(login).toBeRejectedWithError(AuthError, /^unexpected-answer/);
    const server = answeringHttp({ users: [null, { id: '7' }, { name: 'Nobody' }] });
    const user = { id: '7', roles: [], permissions: [], profile: {} };
    const found = await provider
      .actions?.(contextOf({ http: server, held: () => ({ token: 't', user }) }))
      .profiles();
    expect(found?.map(({ id }) => id)).toEqual(['7']);
  });

  it('tells what the rules deny from a token that has run out, and from what no gateway says', async () => {
    const user = { id: '7', roles: [], permissions: [], profile: {} };
    const asked = (exp: number, status: number, json: unknown) => {
      const token = `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.c2ln`;
      const context = contextOf({ http: answeringHttp(json, status), held: () => ({ token, user }) });
      return Promise.resolve(provider.actions?.(context).profile());
    };
    const withCode = (code: string) => jasmine.objectContaining({ code });
    await expectAsync(asked(1, 403, { error: 'no' })).toBeRejectedWith(withCode('session-refused'));
    await expectAsync(asked(9e9, 403, { error: 'no' })).toBeRejectedWith(withCode('not-allowed'));
    await expectAsync(asked(1, 409, { error: 'no' })).toBeRejectedWith(withCode('already-exists'));
    await expectAsync(asked(9e9, 403, { error: {} })).toBeRejectedWith(withCode('unexpected-answer'));
  });

  it('names another session for another server, project or database', () => {
    const audiences = [
      spaceCloud({ url: GATEWAY, project: 'shop', database: 'mongo' }),
      spaceCloud({ url: 'https://other.test', project: 'shop', database: 'mongo' }),
      spaceCloud({ url: GATEWAY, project: 'other', database: 'mongo' }),
      spaceCloud({ url: GATEWAY, project: 'shop', database: 'postgres' }),
    ].map(({ audience }) => audience);
    expect(new Set(audiences).size).toBe(4);
    expect(providerAt(`${GATEWAY}/`).audience).toBe(audiences[0] ?? '');
  });

  it("repeats the gateway's sentence, without what looks like a token, and not for ever", async () => {
    const error = `Failed to parse ${SAMPLE_JWT} ${'again and '.repeat(50)}`;
    const failed = await provider.signIn
      .start(ADA, answeringHttp({ error }, 401))
      .catch((reason: unknown) => reason);
    const { detail = '' } = failed as AuthError;
    expect(detail).toMatch(/^Failed to parse … again/);
    expect(detail.length).toBe(300);
  });

  it('sends no tokens in the clear', () => {
    expect(() => providerAt('http://gateway.test')).toThrowError(AuthError, /insecure-url/);
  });

  describe('promises', () => {
    keepsItsPromises({
      provider: () => providerAt(GATEWAY),
      input: ADA,
      signedIn: answered('sign-in'),
      wrongPassword: answered('sign-in with a wrong password'),
    });
  });
});
