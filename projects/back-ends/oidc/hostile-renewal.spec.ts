import { AuthError, type EndReason } from 'ngx-latchkey/core';
import type { OidcOptions } from 'ngx-latchkey/oidc';
import { CLIENT_ID, type Members, type Reply, type Script } from './hostile-issuer';
import { hostileWorld } from './hostile-world';
import { APPLICATION, type OpenPage } from './node-browser';

const PAGE = '<html>canary-page</html>';
const VERIFIED = { verifySignature: () => import('ngx-latchkey/oidc-signature') };

/** ID tokens of renewals that count for nothing, in answers whose other tokens are as good as ever. */
const FLAWED: readonly (readonly [name: string, script: Script])[] = [
  [
    'an ID token of another issuer [oidcc-client-test-refresh-token-invalid-issuer]',
    idToken({ iss: 'https://evil.test' }),
  ],
  ['an ID token for another client [oidcc-client-test-refresh-token-invalid-aud]', idToken({ aud: 'other' })],
  [
    'an ID token for several clients, with the `azp` of another',
    idToken({ aud: [CLIENT_ID, 'other'], azp: 'other' }),
  ],
  ['an ID token for several clients, without `azp`', idToken({ aud: [CLIENT_ID, 'other'] })],
  ['an ID token of another request', idToken({ nonce: 'other' })],
  ['an ID token without a subject', idToken({ sub: undefined })],
  ['an ID token with an empty subject', idToken({ sub: '' })],
  ['an ID token that is none', tokens(answer => ({ body: { ...answer, id_token: 'canary' } }))],
];

/** Answers that renew the refresh token and are of no other use. */
const SPENT: readonly (readonly [
  name: string,
  script: Script,
  code: string,
  options?: Partial<OidcOptions>,
])[] = [
  ['a MAC token', tokens(answer => ({ body: { ...answer, token_type: 'mac' } })), 'token-type-changed'],
  [
    'a DPoP token that nobody asked for (F72)',
    tokens(answer => ({ body: { ...answer, token_type: 'DPoP' } })),
    'token-type-changed',
  ],
  [
    'no access token',
    tokens(answer => ({ body: { ...answer, access_token: undefined } })),
    'unexpected-answer',
  ],
  ['no ID token, which the APIs want', idTokenLeftOut(), 'id-token-missing', { token: 'id' }],
  ['a wrong ID token, which the APIs want', idToken({ aud: 'other' }), 'invalid-id-token', { token: 'id' }],
];

/** Renewals that are refused without an end of the session, since they prove none. */
const REFUSED: readonly (readonly [name: string, script: Script, code: string])[] = [
  ['a web page', tokens(() => ({ body: PAGE })), 'unexpected-answer'],
  ['a web page that says no', tokens(() => ({ status: 400, body: PAGE })), 'unexpected-answer'],
  ['trouble', tokens(() => ({ status: 500, body: PAGE })), 'server-error'],
  [
    '`invalid_grant` of a gateway',
    tokens(() => ({ status: 502, body: { error: 'invalid_grant' } })),
    'server-error',
  ],
  ['no answer', tokens(() => ({ silent: true })), 'no-answer'],
  [
    'the address of somebody else',
    tokens(() => ({ status: 307, headers: { location: APPLICATION } })),
    'unreachable',
  ],
  [
    'far too much',
    tokens(answer => ({ body: { ...answer, padding: 'x'.repeat(300_000) } })),
    'unexpected-answer',
  ],
  [
    'that it does not know the client',
    tokens(() => ({ status: 401, body: { error: 'invalid_client' } })),
    'token-request-refused',
  ],
  [
    'that it has to ask the user something',
    tokens(() => ({ status: 400, body: { error: 'interaction_required' } })),
    'interaction-required',
  ],
  [
    'an error that repeats what it was sent',
    tokens((_answer, secrets) => ({
      status: 401,
      body: { error: 'invalid_client', error_description: secrets.join(' ') },
    })),
    'token-request-refused',
  ],
];

describe('F71: oidc() renewing with a hostile issuer', () => {
  const world = hostileWorld();

  const endReason = ({ engine }: OpenPage): EndReason | null | undefined => engine.state().endReason;

  it('renews while the issuer keeps to the protocol [oidcc-client-test-refresh-token]', async () => {
    const page = await world.signIn();
    const before = page.engine.usable();
    await page.engine.refresh();
    const after = page.engine.usable();
    expect(after?.held.token).not.toBe(before?.held.token ?? '');
    expect(after?.held.secret).not.toBe(before?.held.secret ?? '');
  });

  for (const [name, script, code] of REFUSED) {
    it(`takes no token from an answer with ${name}, and ends nothing`, async () => {
      const page = await world.signIn();
      const before = page.engine.usable()?.held;
      world.issuer.script = script;
      await world.expectRefusal(page.engine.refresh(), code);
      expect(page.engine.usable()?.held).toEqual(before);
      expect(page.events).toContain(jasmine.objectContaining({ type: 'refresh-failed', code }));
    });
  }

  for (const [name, script] of FLAWED) {
    it(`F55: keeps the new tokens of an answer with ${name}, and the user of before`, async () => {
      const page = await world.signIn();
      const before = page.engine.usable()?.held;
      world.issuer.script = withName('Mallory', script);
      await page.engine.refresh();
      const after = page.engine.usable()?.held;
      expect(after?.token).not.toBe(before?.token ?? '');
      expect(after?.secret).not.toBe(before?.secret ?? '');
      expect([after?.user, after?.memory] as unknown).toEqual([before?.user, before?.memory]);
      const told = { type: 'user-unknown', code: 'invalid-id-token' };
      expect(page.events).toContain(jasmine.objectContaining(told));
      world.expectDiscretion();
      // The issuer takes a refresh token once.
      world.issuer.script = {};
      await page.engine.refresh();
      expect(page.engine.usable()?.generation).toBe(3);
    });
  }

  for (const [name, script, code, options] of SPENT) {
    it(`F55: keeps nothing but the new refresh token of an answer with ${name}`, async () => {
      const page = await world.signIn(options);
      const before = page.engine.usable()?.held;
      world.issuer.script = script;
      await world.expectRefusal(page.engine.refresh(), code);
      const after = page.engine.usable()?.held;
      expect(after?.secret).not.toBe(before?.secret ?? '');
      expect(after?.token).toBe(before?.token);
      expect([after?.user, after?.memory] as unknown).toEqual([before?.user, before?.memory]);
      expect(page.events).toContain(jasmine.objectContaining({ type: 'refresh-failed', code }));
      expect(page.events.some(({ type }) => type === 'refreshed')).toBeFalse();
      world.issuer.script = {};
      world.browser.ahead = 100_000;
      await page.engine.refresh();
      expect(page.engine.usable()?.held.token).not.toBe(before?.token ?? '');
    });
  }

  it('F55: ends the session when a wrong ID token is about another user', async () => {
    const page = await world.signIn();
    world.issuer.script = idToken({ sub: 'eve', iss: 'https://evil.test', nonce: 'other' });
    await world.expectRefusal(page.engine.refresh(), 'session-ended');
    expect([endReason(page), page.engine.usable()]).toEqual(['subject-changed', null]);
    expect(world.issuer.requests.at(-1)).toBe('/revoke');
  });

  it('ends the session when the answer is about another user [oidcc-client-test-refresh-token-invalid-sub]', async () => {
    const page = await world.signIn();
    world.issuer.script = idToken({ sub: 'eve' });
    await world.expectRefusal(page.engine.refresh(), 'session-ended');
    expect([endReason(page), page.engine.usable()]).toEqual(['subject-changed', null]);
    // What was sent for eve is given back.
    expect(world.issuer.requests.at(-1)).toBe('/revoke');
  });

  it('ends it, too, where users are read from the UserInfo endpoint', async () => {
    const page = await world.signIn({ userInfo: true });
    world.issuer.script = idToken({ sub: 'eve' });
    await world.expectRefusal(page.engine.refresh(), 'session-ended');
    expect(endReason(page)).toBe('subject-changed');
  });

  it('ends the session when the issuer says `invalid_grant`, and repeats no token of its sentence', async () => {
    const page = await world.signIn();
    world.issuer.script = tokens((_answer, secrets) => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: secrets.join(' ') },
    }));
    await world.expectRefusal(page.engine.refresh(), 'session-ended');
    expect(endReason(page)).toBe('refused');
  });

  it('renews without an ID token in the answer, and knows the user still', async () => {
    const page = await world.signIn();
    world.issuer.script = tokens(answer => ({ body: { ...answer, id_token: undefined } }));
    await page.engine.refresh();
    expect(page.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
  });

  it('renews with an ID token without a nonce, as Keycloak sends it', async () => {
    const page = await world.signIn();
    world.issuer.script = idToken({ nonce: undefined });
    await page.engine.refresh();
    expect(page.engine.usable()?.generation).toBe(2);
  });
});

describe('oidc(): the keys of an issuer', () => {
  const world = hostileWorld();

  it('F88: may be changed between two sign-ins [oidcc-client-test-signing-key-rotation]', async () => {
    await world.signIn(VERIFIED);
    await world.issuer.rotateKey();
    expect((await world.signIn(VERIFIED)).engine.usable()).not.toBeNull();
  });

  it('F88: may be changed just before it signs [oidcc-client-test-signing-key-rotation-just-before-signing]', async () => {
    const url = await world.wayBack(VERIFIED);
    await world.issuer.rotateKey();
    const page = world.open(VERIFIED, url);
    await page.arrival;
    expect(page.engine.usable()).not.toBeNull();
  });

  it('F88: may be changed just before it signs for a window of its own, where the transaction is never stored', async () => {
    const { engine, page } = await world.signIn(VERIFIED);
    expect(engine.usable()).not.toBeNull();
    const { provider } = world;
    const first = await begin();
    await provider(VERIFIED).signIn.callback?.complete(first.url, first.transaction, engine.http);
    await world.issuer.rotateKey();
    const second = await begin();
    const grant = await provider(VERIFIED).signIn.callback?.complete(
      second.url,
      second.transaction,
      engine.http,
    );
    expect([grant?.user?.id, page.left]).toEqual(['ada', []]);

    async function begin() {
      const outcome = await engine.signIn({});
      if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
      const answer = await fetch(outcome.redirect, { redirect: 'manual' });
      return { url: new URL(answer.headers.get('location') ?? ''), transaction: outcome.transaction };
    }
  });

  it('F88: are asked for once a sign-in, even where none of them has signed', async () => {
    const asked = (): number => world.issuer.requests.filter(request => request === '/keys').length;
    await world.signIn(VERIFIED);
    await world.issuer.rotateKey();
    const page = await world.signIn(VERIFIED);
    expect(asked()).toBe(2);
    world.issuer.script = { signature: 'unknown-key' };
    await world.expectRefusal(world.signIn(VERIFIED), 'invalid-id-token');
    expect(asked()).toBe(3);
    // A renewal comes straight from the server, and the tokens of the last sign-in were good.
    await page.engine.refresh();
    expect(asked()).toBe(3);
  });

  it('need no name while there is one [oidcc-client-test-kid-absent-single-jwks]', async () => {
    world.issuer.script = { signature: 'without-kid' };
    expect((await world.signIn(VERIFIED)).engine.usable()).not.toBeNull();
  });

  it('need a name when there are several [oidcc-client-test-kid-absent-multiple-jwks]', async () => {
    await world.issuer.addKey();
    world.issuer.script = { signature: 'without-kid' };
    await world.expectRefusal(world.signIn(VERIFIED), 'invalid-id-token');
  });

  it('are not there: a sign-in that wants them is refused, and ends nothing', async () => {
    const page = await world.signIn();
    world.issuer.script = { metadata: metadata => ({ ...metadata, jwks_uri: undefined }) };
    expect(page.engine.usable()).not.toBeNull();
    await expectAsync(world.signIn({ ...VERIFIED, endpoints: endpoints() })).toBeRejectedWithError(AuthError);
    expect(page.engine.usable()).not.toBeNull();
  });

  it('may be of other kinds than RSA where endpoints are given and no list of kinds is read', async () => {
    world.issuer.script = { signature: 'ES256' };
    expect((await world.signIn({ endpoints: endpoints() })).engine.usable()).not.toBeNull();
    world.issuer.script = { signature: 'none' };
    await world.expectRefusal(world.signIn({ endpoints: endpoints() }), 'invalid-id-token');
  });

  function endpoints(): { readonly authorization: string; readonly token: string } {
    const { issuer } = world.issuer;
    return { authorization: `${issuer}/authorize`, token: `${issuer}/token` };
  }
});

function idTokenLeftOut(): Script {
  return tokens(answer => ({ body: { ...answer, id_token: undefined } }));
}

/** The same with another name for the user, which nobody is to see. */
function withName(name: string, { idToken: claims = before => before, ...script }: Script): Script {
  return { ...script, idToken: before => ({ ...claims(before), name }) };
}

function idToken(claims: Members): Script {
  return { idToken: before => ({ ...before, ...claims }) };
}

function tokens(answer: (good: Members, secrets: readonly string[]) => Reply): Script {
  return { tokens: answer };
}
