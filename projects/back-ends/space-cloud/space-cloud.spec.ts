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
