import { AuthError, type Callback, type Redirect, memoryStore, readJwt } from 'ngx-latchkey/core';
import { providerPromises } from 'ngx-latchkey/testing';
import { type OidcLogin, type OidcOptions, oidc } from 'ngx-latchkey/oidc';
import { createAuthServer, type AuthServer } from '../../auth-server/src/index.js';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { signInByForms } from './sign-in-by-forms';

const APPLICATION = 'http://localhost:4200/';
const CHEAP = { memoryCost: 256, timeCost: 1, parallelism: 1 };

describe('oidc(): with the dev auth server', () => {
  let server: AuthServer;
  let tabs: NodeTab[];

  beforeEach(async () => {
    server = await createAuthServer({ port: 0, passwordHashing: CHEAP });
    tabs = [];
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await server.close();
  });

  const options = (more: Partial<OidcOptions> = {}): OidcOptions => ({
    issuer: `${server.url}/oidc`,
    clientId: 'latchkey-demo',
    redirectUri: APPLICATION,
    scope: 'openid profile email roles offline_access',
    api: [server.url],
    ...more,
  });

  function tab(more?: Partial<OidcOptions>, store = memoryStore()) {
    const provider = oidc(options(more));
    const opened = nodeTab(provider, store);
    tabs.push(opened);
    const { callback } = provider.signIn;
    if (callback === undefined) throw new Error('There is no callback.');
    return { ...opened, provider, callback };
  }

  async function begin({ engine }: NodeTab, login: OidcLogin = {}): Promise<Redirect> {
    const outcome = await engine.signIn(login);
    if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
    return outcome;
  }

  async function complete(
    { engine, callback }: NodeTab & { readonly callback: Callback },
    url: URL,
    { transaction }: Redirect,
  ): Promise<void> {
    await engine.accept(await callback.complete(url, transaction, engine.http));
  }

  async function signIn(page: ReturnType<typeof tab>, login?: OidcLogin): Promise<void> {
    const redirect = await begin(page, login);
    await complete(page, await signInByForms(redirect.redirect, APPLICATION), redirect);
  }

  const call = (page: NodeTab, path: string): Promise<Response> =>
    fetch(server.url + path, {
      headers: { Authorization: `Bearer ${page.engine.usable()?.held.token ?? ''}` },
    });

  it('signs in by code and PKCE, and knows the user', async () => {
    const page = tab();
    const redirect = await begin(page);
    const asked = new URL(redirect.redirect).searchParams;
    expect([asked.get('response_type'), asked.get('code_challenge_method')]).toEqual(['code', 'S256']);
    expect(asked.get('state')).toBe(redirect.state);
    const url = await signInByForms(redirect.redirect, APPLICATION);
    expect(page.callback.stateIn(url)).toBe(redirect.state);
    expect(page.callback.cleaned(url).href).toBe(APPLICATION);
    await complete(page, url, redirect);
    const { record } = page.engine.state();
    expect(record?.held.user).toEqual(
      jasmine.objectContaining({ name: 'Ada Lovelace', roles: jasmine.arrayContaining(['admin']) }),
    );
    expect((await call(page, '/api/profile')).status).toBe(200);
  });

  it('keeps neither verifier nor nonce in the URL, and no token in the transaction', async () => {
    const redirect = await begin(tab());
    const { verifier } = redirect.transaction as unknown as { verifier: string };
    expect(verifier.length).toBeGreaterThan(42);
    expect(redirect.redirect).not.toContain(verifier);
  });

  it('renews by one form POST, and keeps what the ID token says', async () => {
    const page = tab();
    await signIn(page);
    const before = page.engine.state().record;
    await page.engine.refresh();
    const after = page.engine.state().record;
    expect(after?.generation).toBe(2);
    expect(after?.held.token).not.toBe(before?.held.token);
    expect(after?.held.secret).not.toBe(before?.held.secret);
    expect(after?.held.user?.id).toBe(before?.held.user?.id ?? '');
    expect((await call(page, '/api/profile')).status).toBe(200);
  });

  it('ends when the server refuses a renewal, and only then', async () => {
    const page = tab();
    await signIn(page);
    await admin('revoke', {});
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
    expect(page.engine.state().endReason).toBe('refused');
  });

  it('is kept over a reload', async () => {
    const store = memoryStore();
    await signIn(tab({}, store));
    const again = tab({}, store);
    await again.engine.settled();
    expect(again.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
  });

  it('has no refresh token without offline_access, and says so', async () => {
    const page = tab({ scope: 'openid profile' });
    await signIn(page);
    expect(page.engine.usable()).not.toBeNull();
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /not-renewable/);
  });

  it('sends the ID token where that is wanted', async () => {
    const page = tab({ token: 'id' });
    await signIn(page);
    expect(readJwt(page.engine.usable()?.held.token)?.aud).toBe('latchkey-demo');
  });

  it('asks for the user at the UserInfo endpoint, and verifies signatures, by option', async () => {
    const page = tab({ userInfo: true, verifySignature: () => import('ngx-latchkey/oidc-signature') });
    await signIn(page);
    expect(page.engine.usable()?.held.user?.email).toBe('ada@example.test');
  });

  it('pushes the request by option', async () => {
    const page = tab({ pushedAuthorization: 'always' });
    const { redirect } = await begin(page);
    expect([...new URL(redirect).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    await signIn(page);
    expect(page.engine.usable()).not.toBeNull();
  });

  it('revokes at logout, and knows where the server ends its own session', async () => {
    const page = tab();
    await signIn(page);
    const held = page.engine.state().record?.held ?? { token: '' };
    const url = new URL(page.callback.signOut?.(held, 'out.1') ?? '');
    expect(url.pathname).toBe('/oidc/session/end');
    expect(url.searchParams.get('state')).toBe('out.1');
    expect(url.searchParams.get('id_token_hint')).not.toBeNull();
    await page.engine.end('user');
    expect(page.events.some(({ type }) => type === 'logout-not-confirmed')).toBe(false);
    const spent = await fetch(`${server.url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'latchkey-demo',
        refresh_token: held.secret ?? '',
      }),
    });
    expect(spent.status).toBe(400);
  });

  it('says what a person can do about it', async () => {
    const page = tab();
    const none = await begin(page, { prompt: 'none' });
    const url = await signInByForms(none.redirect, APPLICATION);
    await expectAsync(complete(page, url, none)).toBeRejectedWithError(AuthError, /^login-required/);
    const denied = await begin(page);
    const refusal = new URL(
      `${APPLICATION}?error=access_denied&state=${denied.state}&iss=${server.url}/oidc`,
    );
    await expectAsync(complete(page, refusal, denied)).toBeRejectedWithError(AuthError, /^access-denied/);
  });

  it('refuses an answer of another sign-in, and a code that was used', async () => {
    const page = tab();
    const one = await begin(page);
    const two = await begin(page);
    const url = await signInByForms(one.redirect, APPLICATION);
    await expectAsync(complete(page, url, two)).toBeRejectedWithError(
      AuthError,
      /^invalid-authorization-response/,
    );
    await complete(page, url, one);
    await expectAsync(complete(page, url, one)).toBeRejectedWithError(AuthError, /^code-refused/);
  });

  it('says that nobody answers', async () => {
    const page = tab({ issuer: 'http://127.0.0.1:9/oidc' });
    await expectAsync(page.engine.signIn({})).toBeRejectedWithError(AuthError, /^unreachable/);
  });

  async function admin(path: string, body: object): Promise<void> {
    await fetch(`${server.url}/admin/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
});

const TOKENS = { access_token: 'a', token_type: 'Bearer', expires_in: 60, refresh_token: 'r' };

describe('oidc(): the promises', () => {
  for (const { name, check } of providerPromises({
    provider: () => oidc({ issuer: 'https://login.test', clientId: 'web', redirectUri: 'https://app.test/' }),
    renewed: { status: 200, headers: {}, json: TOKENS },
    refused: { status: 400, headers: {}, json: { error: 'invalid_grant' } },
  })) {
    it(name, async () => {
      await expectAsync(check()).toBeResolved();
    });
  }
});
