import {
  AuthError,
  type Redirect,
  type Transport,
  type WireAnswer,
  type WireRequest,
  memoryStore,
  readJwt,
} from 'ngx-latchkey/core';
import { type OidcOptions, oidc } from 'ngx-latchkey/oidc';
import { createAuthServer, type AuthServer } from '../../auth-server/src/index.js';
import { type DpopSession, dpopSession } from '../../ngx-latchkey/src/dpop/dpop-session';
import { memoryKeys } from '../../ngx-latchkey/src/dpop/key-store';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { nodeTransport } from '../harness/node-transport';
import { signInByForms } from './sign-in-by-forms';

const APPLICATION = 'http://localhost:4200/';
const CHEAP = { memoryCost: 256, timeCost: 1, parallelism: 1 };

interface Page extends NodeTab {
  readonly dpop: DpopSession;
}

describe('oidc() with DPoP: with the dev auth server', () => {
  let server: AuthServer;
  let tabs: NodeTab[];
  /** What went over the wire to the server's own endpoints. */
  let sent: WireRequest[];
  let answers: ((answer: WireAnswer) => WireAnswer)[];

  beforeEach(async () => {
    server = await createAuthServer({ port: 0, passwordHashing: CHEAP });
    tabs = [];
    sent = [];
    answers = [];
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await server.close();
  });

  function open(more: Partial<OidcOptions> = {}, store = memoryStore(), keys = memoryKeys()): Page {
    const provider = oidc({
      issuer: `${server.url}/oidc`,
      clientId: 'latchkey-demo',
      redirectUri: APPLICATION,
      scope: 'openid profile email roles offline_access',
      api: [server.url],
      ...more,
    });
    const dpop = dpopSession(provider, keys);
    const wire = nodeTransport();
    const watched: Transport = async (request, deadline) => {
      sent.push(request);
      const answer = await wire(request, deadline);
      return answers.shift()?.(answer) ?? answer;
    };
    const tab = nodeTab(dpop.provider, store, { transport: dpop.transport(watched) });
    dpop.follow(tab.engine);
    tabs.push(tab);
    return { ...tab, dpop };
  }

  async function begin({ engine }: Page): Promise<Redirect> {
    const outcome = await engine.signIn({});
    if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
    return outcome;
  }

  async function complete({ engine, dpop }: Page, url: URL, { transaction }: Redirect): Promise<void> {
    const grant = await dpop.provider.signIn.callback?.complete(url, transaction, engine.http);
    if (grant !== undefined) await engine.accept(grant);
  }

  async function signIn(page: Page): Promise<void> {
    const redirect = await begin(page);
    await complete(page, await signInByForms(redirect.redirect, APPLICATION), redirect);
  }

  async function call({ engine, dpop }: Page, path: string): Promise<Response> {
    const { held, sid } = (await engine.token()) ?? { held: { token: '' }, sid: '' };
    const url = server.url + path;
    const proof = await dpop.apis.prove(await dpop.keyOf(sid), 'GET', url, held.token);
    const answer = await fetch(url, { headers: { Authorization: `DPoP ${held.token}`, DPoP: proof } });
    dpop.apis.learn(url, answer.headers.get('DPoP-Nonce'));
    return answer;
  }

  const to = (path: string): readonly WireRequest[] => sent.filter(({ url }) => url.endsWith(path));

  async function admin(path: string, body: object): Promise<void> {
    await fetch(`${server.url}/admin/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  it('binds code and tokens to one key, and calls an API with a proof', async () => {
    const page = open();
    const redirect = await begin(page);
    const thumbprint = new URL(redirect.redirect).searchParams.get('dpop_jkt');
    await complete(page, await signInByForms(redirect.redirect, APPLICATION), redirect);
    const token = page.engine.usable()?.held.token;
    expect(readJwt(token)?.['cnf']).toEqual({ jkt: thumbprint });
    expect((await call(page, '/api/profile?x=1')).status).toBe(200);
    const stolen = await fetch(`${server.url}/api/profile`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(stolen.status).toBe(401);
  });

  it('sends no proof for metadata, which is for everybody', async () => {
    await begin(open());
    expect(to('/.well-known/openid-configuration').map(({ headers }) => headers?.['DPoP'])).not.toContain(
      jasmine.any(String),
    );
  });

  it('renews, and the new token is bound to the same key', async () => {
    const page = open();
    await signIn(page);
    const { token } = page.engine.usable()?.held ?? {};
    await page.engine.refresh();
    const renewed = page.engine.usable();
    expect(renewed?.generation).toBe(2);
    expect(readJwt(renewed?.held.token)?.['cnf']).toEqual(readJwt(token)?.['cnf']);
    expect((await call(page, '/api/profile')).status).toBe(200);
  });

  it('F72: gives the nonces that are asked for, in one exchange each time', async () => {
    await admin('settings', { dpopNonce: 'required' });
    const page = open({ pushedAuthorization: 'always', userInfo: true });
    await signIn(page);
    expect(to('/me').length).toBe(1);
    await page.engine.refresh();
    // The first request of all is refused; what is learnt from it serves all others.
    expect([to('/request').length, to('/token').length]).toEqual([2, 2]);
    expect(page.events.filter(({ type }) => type === 'refresh-failed')).toEqual([]);
    expect((await call(page, '/api/profile')).status).toBe(401);
    expect((await call(page, '/api/profile')).status).toBe(200);
  });

  it('F72: is believed with a clock that is wrong, by way of a nonce', async () => {
    const page = open();
    page.engine.tell({ type: 'clock-skew', skew: -400_000 });
    await signIn(page);
    await page.engine.refresh();
    const times = to('/token').map(({ headers }) => readJwt(headers?.['DPoP'])?.iat ?? 0);
    expect(times.length).toBe(3);
    expect(Math.max(...times)).toBeLessThan(Date.now() / 1000 - 390);
    expect(page.engine.usable()?.generation).toBe(2);
  });

  it('F72: asks for a nonce once, and no more', async () => {
    const page = open();
    await signIn(page);
    const insatiable = (answer: WireAnswer): WireAnswer => ({
      ...answer,
      status: 400,
      headers: { 'dpop-nonce': 'again' },
      json: { error: 'use_dpop_nonce' },
    });
    answers = [insatiable, insatiable];
    const before = to('/token').length;
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /^dpop-proof-refused/);
    expect(to('/token').length - before).toBe(2);
    expect(page.engine.usable()).not.toBeNull();
  });

  it('refuses a token that is not bound, at the sign-in and later', async () => {
    const bearer = (answer: WireAnswer): WireAnswer => ({
      ...answer,
      json: { ...(answer.json as object), token_type: 'Bearer' },
    });
    const page = open();
    const redirect = await begin(page);
    const url = await signInByForms(redirect.redirect, APPLICATION);
    answers = [bearer];
    await expectAsync(complete(page, url, redirect)).toBeRejectedWithError(AuthError, /^token-type-changed/);
    expect(page.engine.state().record).toBeNull();
    await signIn(page);
    answers = [bearer];
    const before = page.engine.state().record?.held;
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /^token-type-changed/);
    const after = page.engine.state().record?.held;
    expect(after?.token).toBe(before?.token ?? '');
    // The server has replaced the one before, and would take it for stolen.
    expect(after?.secret).not.toBe(before?.secret);
    // Once it does not rest any more.
    const now = Date.now();
    spyOn(Date, 'now').and.returnValue(now + 120_000);
    await page.engine.refresh();
    expect(page.engine.usable()?.held.secret).not.toBe(after?.secret);
  });

  it('F72: ends a session that has lost its key, and never goes on without', async () => {
    const store = memoryStore();
    await signIn(open({}, store));
    const again = open({}, store);
    await again.engine.settled();
    expect(again.engine.usable()).not.toBeNull();
    await expectAsync(call(again, '/api/profile')).toBeRejectedWithError(AuthError, /^session-ended/);
    expect(again.engine.state().endReason).toBe('refused');
  });

  it('F72: asks nobody to renew a session that has lost its key', async () => {
    const store = memoryStore();
    await signIn(open({}, store));
    const again = open({}, store);
    await again.engine.settled();
    const before = sent.length;
    await expectAsync(again.engine.refresh()).toBeRejectedWithError(AuthError, /^session-ended/);
    expect(sent.length).toBe(before);
  });

  it('is kept over a reload with its key', async () => {
    const store = memoryStore();
    const keys = memoryKeys();
    await signIn(open({}, store, keys));
    const again = open({}, store, keys);
    await again.engine.refresh();
    expect((await call(again, '/api/profile')).status).toBe(200);
  });

  it('keeps the key of the session that is live through another sign-in, and none after the logout', async () => {
    const keys = memoryKeys();
    const page = open({}, memoryStore(), keys);
    await signIn(page);
    const key = await keys.read();
    await signIn(page);
    expect(await keys.read()).toBe(key);
    await page.engine.end('user');
    expect(await keys.read()).toBeUndefined();
    expect(page.events.some(({ type }) => type === 'logout-not-confirmed')).toBe(false);
    await signIn(page);
    expect(await keys.read()).not.toBe(key);
    expect((await call(page, '/api/profile')).status).toBe(200);
  });
});
