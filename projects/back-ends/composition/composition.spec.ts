import { generateKeyPairSync } from 'node:crypto';
import type { ApiSide, AuthProvider } from 'ngx-latchkey/core';
import { eightBaseApi } from 'ngx-latchkey/eight-base';
import { feathers } from 'ngx-latchkey/feathers';
import { firebase } from 'ngx-latchkey/firebase';
import { auth0, oidc } from 'ngx-latchkey/oidc';
import { spaceCloudApi } from 'ngx-latchkey/space-cloud';
import { type JSONWebKeySet, exportJWK } from 'jose';
import { composedProvider } from '../../ngx-latchkey/src/composed-provider';
import { jwtServer } from '../../ngx-latchkey/src/jwt-server/jwt-server';
import { oneOf } from '../../ngx-latchkey/src/one-of/one-of';
import { AUTH_PROFILE_ID, WORKSPACE_ID, startEightBaseDouble } from '../eight-base/eight-base-double';
import { startFirebaseDouble } from '../firebase/firebase-double';
import { nodeTab } from '../harness/node-tab';
import { keepsItsPromises } from '../harness/promises';
import { NodeBrowser } from '../oidc/node-browser';
import { CLIENT_ID, type Issuer, startIssuer } from '../oidc/start-issuer';
import { apiCall } from '../space-cloud/api-call';
import { startSpaceCloudDouble } from '../space-cloud/space-cloud-double';

/** What the two seeds ask for: the sign-in of Auth0, and the APIs of others, which check its signatures. */
describe('composition: a sign-in at Auth0', () => {
  let issuer: Issuer;
  let browser: NodeBrowser;
  let keys: JSONWebKeySet;

  beforeEach(async () => {
    issuer = await startIssuer('auth0');
    browser = new NodeBrowser();
    const answer = await fetch(`${issuer.address}/.well-known/jwks.json`);
    keys = (await answer.json()) as JSONWebKeySet;
  });

  afterEach(async () => {
    browser.close();
    await issuer.close();
  });

  const signIn = (audience?: string): AuthProvider =>
    auth0({
      domain: issuer.address,
      clientId: CLIENT_ID,
      redirectUri: 'http://localhost:4200/',
      ...(audience !== undefined && { audience }),
    });

  it('opens Space Cloud, whose gateway verifies the access token', async () => {
    const gateway = await startSpaceCloudDouble({ secrets: [{ alg: 'JWKS', keys }] });
    const provider = composedProvider(
      signIn('https://api.example.com/'),
      spaceCloudApi({ url: gateway.address, project: 'shop' }),
    );
    const { engine } = await browser.signIn(provider);
    const notes = `${gateway.address}/v1/api/shop/crud/mongo/notes/read`;
    expect((await apiCall(engine, provider, notes, { op: 'all', find: {} })).status).toBe(200);
    // What its rules deny is no reason to renew.
    const reports = `${gateway.address}/v1/api/shop/crud/mongo/reports/read`;
    expect((await apiCall(engine, provider, reports, { op: 'all', find: {} })).status).toBe(403);
    expect(engine.usable()?.generation).toBe(1);
    await engine.refresh();
    expect((await apiCall(engine, provider, notes, { op: 'all', find: {} })).status).toBe(200);
    await gateway.close();
  });
});

/** 8base takes the ID token of Auth0 and of any other OpenID provider. */
for (const shape of ['auth0', 'generic'] as const) {
  describe(`composition: a sign-in at an OpenID provider (${shape})`, () => {
    it('opens an 8base workspace with the ID token, and makes the row of who comes for the first time', async () => {
      const issuer = await startIssuer(shape);
      const browser = new NodeBrowser();
      const workspace = await startEightBaseDouble();
      workspace.pool.trusted = (await (await fetch(issuer.keys)).json()) as JSONWebKeySet;
      const common = { clientId: CLIENT_ID, redirectUri: 'http://localhost:4200/' };
      const signIn =
        shape === 'auth0'
          ? auth0({ ...common, domain: issuer.address })
          : oidc({ ...common, issuer: issuer.issuer });
      const provider = composedProvider(
        signIn,
        eightBaseApi({ url: workspace.address, workspaceId: WORKSPACE_ID, authProfileId: AUTH_PROFILE_ID }),
      );
      const { engine } = await browser.signIn(provider);
      const held = engine.usable()?.held;
      expect(held?.user?.email).toBe('ada@example.test');
      expect(held?.user?.roles).toEqual(['Editor']);
      const answer = await fetch(`${workspace.address}/${WORKSPACE_ID}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(held && provider.api.headers?.(held)) },
        body: JSON.stringify({ query: '{ postsList { count } }' }),
      });
      expect(await answer.json()).toEqual({ data: { postsList: { count: 3 } } });
      await engine.refresh();
      expect(engine.state().record?.generation).toBe(2);
      // A renewal at Auth0 says nothing of what the workspace knows.
      expect(engine.usable()?.held.user?.roles).toEqual(['Editor']);
      await workspace.close();
      browser.close();
      await issuer.close();
    });
  });
}

describe('composition: a sign-in at Firebase', () => {
  it('opens Space Cloud, whose gateway verifies the ID token and matches its claims', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const google = await startFirebaseDouble({ key: { id: 'k1', secret: privateKey } });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
    const gateway = await startSpaceCloudDouble({ secrets: [{ alg: 'JWKS', keys: { keys: [jwk] } }] });
    const provider = composedProvider(
      firebase({ apiKey: 'web-key', projectId: google.projectId, emulator: google.address }),
      spaceCloudApi({ url: gateway.address, project: 'shop' }),
    );
    const { engine, close } = nodeTab(provider);
    const reports = `${gateway.address}/v1/api/shop/crud/mongo/reports/read`;
    const read = async (): Promise<number> =>
      (await apiCall(engine, provider, reports, { op: 'all', find: {} })).status;
    const signIn = (claims: object): Promise<unknown> =>
      engine.signIn({ customToken: JSON.stringify({ uid: 'grace', claims }) });
    await signIn({});
    expect(await read()).toBe(403);
    // What the rules deny is no reason to renew.
    expect(engine.usable()?.generation).toBe(1);
    await signIn({ role: 'admin' });
    expect(await read()).toBe(200);
    await engine.refresh();
    expect(await read()).toBe(200);
    close();
    await gateway.close();
    await google.close();
  });
});

describe('composition: promises', () => {
  const signedIn = {
    status: 200,
    headers: {},
    json: { accessToken: 'first', refreshToken: 'r1', user: { id: '1' } },
  };
  const script = {
    input: { username: 'ada', password: 'a password' },
    signedIn,
    wrongPassword: { status: 401, headers: {}, json: { error: 'invalid_credentials' } },
    renewed: signedIn,
    refused: { status: 401, headers: {}, json: { error: 'invalid_grant' } },
  };
  const local = (): AuthProvider => jwtServer({ url: 'https://auth.test' });
  const sides: Readonly<Record<string, ApiSide>> = {
    'with the APIs of Space Cloud': spaceCloudApi({ url: 'https://gateway.test', project: 'shop' }),
    'with the APIs of 8base': eightBaseApi({ workspaceId: 'w1', authProfileId: 'p1' }),
  };
  for (const [name, side] of Object.entries(sides)) {
    describe(name, () => {
      keepsItsPromises({ ...script, provider: () => composedProvider(local(), side) });
    });
  }

  describe('of one of several', () => {
    const back = { redirectUri: 'https://app.test/callback' };
    const choices = (): Readonly<Record<string, AuthProvider<never>>> => ({
      local: local(),
      company: auth0({ domain: 'company.test', clientId: 'c1', ...back }),
      crew: feathers({ url: 'https://crew.test' }),
    });
    keepsItsPromises({
      ...script,
      provider: () => oneOf(choices(), { api: ['https://api.test'] }),
      input: { provider: 'local', ...script.input },
    });

    it('cleans up after the one that has sent the user back, and after no other', () => {
      const { callback } = oneOf(choices(), { api: [] }).signIn;
      const cleaned = (url: string): string | undefined => callback?.cleaned(new URL(url)).href;
      expect(cleaned('https://app.test/callback?code=c&state=s#notes')).toBe(
        'https://app.test/callback#notes',
      );
      expect(cleaned('https://app.test/orders?page=2&state=s#access_token=t')).toBe(
        'https://app.test/orders?page=2',
      );
      expect(cleaned('https://app.test/orders?code=red#notes')).toBe(
        'https://app.test/orders?code=red#notes',
      );
    });
  });
});
