import type { OidcOptions } from 'ngx-latchkey/oidc';
import { CLIENT_ID, type Members, type Reply, type Script } from './hostile-issuer';
import { hostileWorld } from './hostile-world';
import { APPLICATION } from './node-browser';

type Case = readonly [name: string, script: Script, code: string, options?: Partial<OidcOptions>];

const NOW = Math.floor(Date.now() / 1000);
const PAGE = '<html><script>alert(1)</script>canary-page</html>';
const VERIFIED = { verifySignature: () => import('ngx-latchkey/oidc-signature') };
/** UserInfo of somebody. */
const about = (subject: string | undefined) => (claims: Members) => {
  const body: Members = { ...claims, sub: subject };
  return { body };
};
const page =
  (status: number): (() => Reply) =>
  () => ({ status, body: PAGE });

/** ID tokens that a sign-in has to refuse; each names the module of the OpenID conformance suite that sends the same, where there is one. */
const ID_TOKENS: readonly Case[] = [
  [
    'of another issuer [oidcc-client-test-invalid-iss]',
    { idToken: c => ({ ...c, iss: 'https://evil.test' }) },
    'invalid-id-token',
  ],
  ['without an issuer', { idToken: c => ({ ...c, iss: undefined }) }, 'invalid-id-token'],
  [
    'for another client [oidcc-client-test-invalid-aud]',
    { idToken: c => ({ ...c, aud: 'other' }) },
    'invalid-id-token',
  ],
  ['for nobody', { idToken: c => ({ ...c, aud: undefined }) }, 'invalid-id-token'],
  [
    'for several clients, without `azp`',
    { idToken: c => ({ ...c, aud: [CLIENT_ID, 'other'] }) },
    'invalid-id-token',
  ],
  [
    'for several clients, with the `azp` of another',
    { idToken: c => ({ ...c, aud: [CLIENT_ID, 'other'], azp: 'other' }) },
    'invalid-id-token',
  ],
  [
    'of another request [oidcc-client-test-nonce-invalid]',
    { idToken: c => ({ ...c, nonce: 'other' }) },
    'invalid-id-token',
  ],
  ['without a nonce', { idToken: c => ({ ...c, nonce: undefined }) }, 'invalid-id-token'],
  [
    'without a subject [oidcc-client-test-missing-sub]',
    { idToken: c => ({ ...c, sub: undefined }) },
    'invalid-id-token',
  ],
  ['with an empty subject', { idToken: c => ({ ...c, sub: '' }) }, 'invalid-id-token'],
  ['that has run out', { idToken: c => ({ ...c, exp: NOW - 3600 }) }, 'invalid-id-token'],
  ['that never runs out', { idToken: c => ({ ...c, exp: undefined }) }, 'invalid-id-token'],
  [
    'without a date [oidcc-client-test-missing-iat]',
    { idToken: c => ({ ...c, iat: undefined }) },
    'invalid-id-token',
  ],
  [
    'of the day before yesterday',
    { idToken: c => ({ ...c, iat: NOW - 172_800, exp: NOW - 172_500 }) },
    'invalid-id-token',
  ],
  [
    'that was over when it was made',
    { idToken: c => ({ ...c, iat: NOW, exp: NOW - 61 }) },
    'invalid-id-token',
  ],
  [
    'of the day after tomorrow',
    { idToken: c => ({ ...c, iat: NOW + 172_800, exp: NOW + 180_000 }) },
    'invalid-id-token',
  ],
  ['without a signature [oidcc-client-test-idtoken-sig-none]', { signature: 'none' }, 'invalid-id-token'],
  ['with a symmetric signature', { signature: 'symmetric' }, 'invalid-id-token'],
  ['that is none', { tokens: tokens => ({ body: { ...tokens, id_token: 'canary' } }) }, 'invalid-id-token'],
  [
    'that is encrypted',
    { tokens: t => ({ body: { ...t, id_token: 'eyJhbGciOiJkaXIifQ..canary.canary.canary' } }) },
    'invalid-id-token',
  ],
  [
    'that is missing',
    { tokens: tokens => ({ body: { ...tokens, id_token: undefined } }) },
    'invalid-id-token',
  ],
  [
    'with a bad signature [oidcc-client-test-invalid-sig-rs256]',
    { signature: 'damaged' },
    'invalid-id-token',
    VERIFIED,
  ],
  ['with a signature of an unknown key', { signature: 'unknown-key' }, 'invalid-id-token', VERIFIED],
  [
    'with a bad elliptic signature [oidcc-client-test-invalid-sig-es256]',
    { signature: 'ES256' },
    'invalid-id-token',
    VERIFIED,
  ],
  [
    'with a bad symmetric signature [oidcc-client-test-invalid-sig-hs256]',
    { signature: 'symmetric' },
    'invalid-id-token',
    VERIFIED,
  ],
  [
    'that is older than `max_age` allows',
    { idToken: c => ({ ...c, auth_time: NOW - 7200 }) },
    'authentication-requirements-unmet',
  ],
];

/** Keys that a sign-in cannot verify a signature by. */
const KEYS: readonly Case[] = [
  ['are a web page', { keys: { body: PAGE } }, 'unexpected-answer'],
  ['are not to be had', { keys: { status: 500, body: PAGE } }, 'server-error'],
  ['are elsewhere', { keys: { status: 302, headers: { location: APPLICATION } } }, 'unreachable'],
  ['are no list', { keys: { body: { keys: 'canary' } } }, 'invalid-id-token'],
  ['are not named', { metadata: m => ({ ...m, jwks_uri: undefined }) }, 'invalid-id-token'],
];

const CALLBACKS: readonly Case[] = [
  [
    'of another issuer',
    { callback: p => p.set('iss', 'https://evil.test') },
    'invalid-authorization-response',
  ],
  [
    'without the issuer that was announced',
    { callback: p => p.delete('iss') },
    'invalid-authorization-response',
  ],
  ['with two codes', { callback: p => p.append('code', 'canary-other') }, 'invalid-authorization-response'],
  ['with a code that nobody gave away', { callback: p => p.set('code', 'canary-stolen') }, 'code-refused'],
  [
    'with tokens in it',
    { callback: p => p.set('id_token', 'canary-token') },
    'invalid-authorization-response',
  ],
  [
    'with an error that holds a web page',
    { callback: p => withError(p, 'access_denied', PAGE.replace('canary-page', '')) },
    'access-denied',
  ],
  [
    'with an error that nobody knows',
    { callback: p => withError(p, '<b>x</b>', '') },
    'authorization-refused',
  ],
];

const TOKEN_ENDPOINT: readonly Case[] = [
  ['answers with a web page', { tokens: page(200) }, 'unexpected-answer'],
  ['fails with a web page', { tokens: page(500) }, 'server-error'],
  ['fails with JSON', { tokens: () => ({ status: 503, body: { message: 'down' } }) }, 'server-error'],
  ['refuses with a web page', { tokens: page(403) }, 'unexpected-answer'],
  ['has had enough', { tokens: () => ({ status: 429 }) }, 'rate-limited'],
  ['does not answer', { tokens: () => ({ silent: true }) }, 'no-answer'],
  ['leads elsewhere', { tokens: () => ({ status: 307, headers: { location: APPLICATION } }) }, 'unreachable'],
  [
    'sends far too much',
    { tokens: tokens => ({ body: { ...tokens, padding: 'x'.repeat(300_000) } }) },
    'unexpected-answer',
  ],
  ['sends a list', { tokens: () => ({ body: [] as never }) }, 'invalid-token-response'],
  [
    'sends no access token',
    { tokens: tokens => ({ body: { ...tokens, access_token: '' } }) },
    'invalid-token-response',
  ],
  [
    'sends a MAC token',
    { tokens: tokens => ({ body: { ...tokens, token_type: 'mac' } }) },
    'token-type-unexpected',
  ],
  [
    'sends a DPoP token that nobody asked for (F72)',
    { tokens: tokens => ({ body: { ...tokens, token_type: 'DPoP' } }) },
    'token-type-unexpected',
  ],
  [
    'does not know the client',
    { tokens: () => ({ status: 401, body: { error: 'invalid_client' } }) },
    'token-request-refused',
  ],
  [
    'repeats what it was sent in its error',
    {
      tokens: (_t, secrets) => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: `Bad: ${secrets.join(' ')}` },
      }),
    },
    'code-refused',
  ],
];

const USER_INFO: readonly Case[] = [
  [
    'is about somebody else [oidcc-client-test-userinfo-invalid-sub]',
    { userInfo: about('eve') },
    'invalid-userinfo',
  ],
  ['is about nobody', { userInfo: about(undefined) }, 'invalid-userinfo'],
  ['is a web page', { userInfo: page(200) }, 'unexpected-answer'],
  ['fails', { userInfo: page(500) }, 'server-error'],
];

const PUSHED: readonly Case[] = [
  ['is refused', { pushed: { status: 400, body: { error: 'invalid_request' } } }, 'token-request-refused'],
  [
    'is refused because the user cannot sign in like that',
    { pushed: { status: 400, body: { error: 'unmet_authentication_requirements' } } },
    'authentication-requirements-unmet',
  ],
  ['is answered with a web page', { pushed: { status: 201, body: PAGE } }, 'unexpected-answer'],
  ['fails', { pushed: { status: 500, body: PAGE } }, 'server-error'],
  ['is not kept', { pushed: { status: 201, body: { expires_in: 60 } } }, 'invalid-authorization-response'],
  [
    'has no place to go to',
    { metadata: m => ({ ...m, pushed_authorization_request_endpoint: undefined }) },
    'not-pushable',
  ],
];

const DISCOVERY: readonly Case[] = [
  [
    'names another issuer [oidcc-client-test-discovery-issuer-mismatch]',
    { metadata: m => ({ ...m, issuer: 'https://evil.test' }) },
    'invalid-metadata',
  ],
  [
    'names the issuer with a slash more',
    { metadata: m => ({ ...m, issuer: `${String(m['issuer'])}/` }) },
    'invalid-metadata',
  ],
  ['names no issuer', { metadata: m => ({ ...m, issuer: undefined }) }, 'invalid-metadata'],
  [
    'names no place to sign in',
    { metadata: m => ({ ...m, authorization_endpoint: undefined }) },
    'invalid-metadata',
  ],
  [
    'names a script as the place to sign in',
    { metadata: m => ({ ...m, authorization_endpoint: 'javascript:alert(1)' }) },
    'invalid-metadata',
  ],
  [
    'names a script as the place to log out',
    { metadata: m => ({ ...m, end_session_endpoint: 'javascript:alert(1)' }) },
    'invalid-metadata',
  ],
  ['is a web page', { discovery: { body: PAGE } }, 'unexpected-answer'],
  ['fails', { discovery: { status: 500, body: PAGE } }, 'server-error'],
  [
    'leads elsewhere',
    { discovery: { status: 302, headers: { location: 'https://evil.test/' } } },
    'unreachable',
  ],
  ['is not there', { discovery: { status: 404, body: { error: 'not found' } } }, 'invalid-metadata'],
];

/** Makes an answer of the authorization endpoint one that says no. */
function withError(parameters: URLSearchParams, error: string, description: string): void {
  parameters.delete('code');
  parameters.set('error', error);
  parameters.set('error_description', description);
}

describe('F71: oidc() with a hostile issuer', () => {
  const world = hostileWorld();

  it('is no obstacle to a sign-in while it keeps to the protocol [oidcc-client-test] [oidcc-client-test-discovery-openid-config]', async () => {
    const { engine } = await world.signIn();
    expect(engine.usable()?.held.user?.name).toBe('Ada Lovelace');
    expect(world.issuer.requests).toContain('/token authorization_code');
  });

  it('leaves no secret in what listeners hear of a whole session', async () => {
    const page = await world.signIn({
      userInfo: true,
      verifySignature: () => import('ngx-latchkey/oidc-signature'),
    });
    await page.engine.refresh();
    await page.logout();
    expect(world.issuer.secrets.length).toBeGreaterThan(6);
    expect(page.events.map(({ type }) => type)).toContain('refreshed');
    world.expectDiscretion();
  });

  it('is believed when its signature is good [oidcc-client-test-idtoken-sig-rs256] [oidcc-client-test-discovery-jwks-uri-keys]', async () => {
    expect((await world.signIn(VERIFIED)).engine.usable()).not.toBeNull();
    expect(world.issuer.requests).toContain('/keys');
  });

  for (const [id, hours] of [
    ['F31', -2],
    ['F32', 2],
  ] as const) {
    it(`${id}: is believed when its clock is ${hours} h off`, async () => {
      const span = { iat: NOW + hours * 3600, exp: NOW + hours * 3600 + 300, auth_time: NOW + hours * 3600 };
      world.issuer.script = { idToken: claims => ({ ...claims, ...span }) };
      const { engine } = await world.signIn({}, { maxAge: 60 });
      expect(engine.usable()).not.toBeNull();
    });
  }

  it('keeps its code where what verifies signatures cannot be loaded', async () => {
    const verifySignature = () => Promise.reject(new TypeError('Failed to fetch'));
    await world.expectRefusal(world.signIn({ verifySignature }), 'chunk-unavailable');
    expect(world.issuer.requests).not.toContain('/token authorization_code');
  });

  for (const [name, script, code, options] of ID_TOKENS) {
    it(`is refused with an ID token ${name}`, async () => {
      world.issuer.script = script;
      const input = name.includes('max_age') ? { maxAge: 60 } : {};
      await world.expectRefusal(world.signIn(options, input), code);
      expect(world.issuer.requests).toContain('/token authorization_code');
    });
  }

  for (const [name, script, code] of KEYS) {
    it(`is refused when its keys ${name}`, async () => {
      world.issuer.script = script;
      await world.expectRefusal(world.signIn(VERIFIED), code);
    });
  }

  for (const [name, script, code] of CALLBACKS) {
    it(`is refused with a callback ${name}`, async () => {
      world.issuer.script = script;
      await world.expectRefusal(world.signIn(), code);
    });
  }

  for (const [name, script, code] of TOKEN_ENDPOINT) {
    it(`is refused when its token endpoint ${name}`, async () => {
      world.issuer.script = script;
      const error = await world.expectRefusal(world.signIn(), code);
      // Trouble that passes is told from what a developer has to mend.
      const passes = ['unexpected-answer', 'server-error', 'rate-limited', 'no-answer', 'unreachable'];
      expect(error.failure === 'not-now').toBe(passes.includes(code));
    });
  }

  for (const [name, script, code] of USER_INFO) {
    it(`is refused when its UserInfo ${name}`, async () => {
      world.issuer.script = script;
      await world.expectRefusal(world.signIn({ userInfo: true }), code);
    });
  }

  it('is asked by a request that was pushed, and by nothing else', async () => {
    const options = { pushedAuthorization: 'always' } as const;
    expect((await world.signIn(options)).engine.usable()).not.toBeNull();
    expect(world.issuer.requests).toContain('/par');
  });

  for (const [name, script, code] of PUSHED) {
    it(`is refused when a request that is pushed to it ${name}`, async () => {
      world.issuer.script = script;
      await world.expectRefusal(world.wayBack({ pushedAuthorization: 'always' }), code);
    });
  }

  for (const [name, script, code] of DISCOVERY) {
    it(`is refused when its metadata ${name}`, async () => {
      world.issuer.script = script;
      await world.expectRefusal(world.wayBack(), code);
      world.issuer.script = {};
      expect((await world.signIn()).engine.usable()).not.toBeNull();
    });
  }

  it('is asked for its metadata once an hour, by a page that is open for long', async () => {
    const asked = (): number =>
      world.issuer.requests.filter(path => path === '/.well-known/openid-configuration').length;
    const begun = Date.now();
    const clock = spyOn(Date, 'now').and.returnValue(begun);
    await world.open().leave();
    world.issuer.script = {
      metadata: known => ({ ...known, authorization_endpoint: `${String(known['issuer'])}/moved` }),
    };
    clock.and.returnValue(begun + 3_599_000);
    expect(new URL(await world.open().leave()).pathname).toMatch(/\/authorize$/);
    expect(asked()).toBe(1);
    clock.and.returnValue(begun + 3_601_000);
    expect(new URL(await world.open().leave()).pathname).toMatch(/\/moved$/);
    expect(asked()).toBe(2);
    // And not for ever, should the clock have been set back.
    clock.and.returnValue(begun - 3_601_000);
    await world.open().leave();
    expect(asked()).toBe(3);
  });
});
