import type { AuthProvider } from 'ngx-latchkey/core';
import { eightBaseApi } from 'ngx-latchkey/eight-base';
import { auth0 } from 'ngx-latchkey/oidc';
import { spaceCloudApi } from 'ngx-latchkey/space-cloud';
import type { JSONWebKeySet } from 'jose';
import { composedProvider } from '../../ngx-latchkey/src/composed-provider';
import { AUTH_PROFILE_ID, WORKSPACE_ID, startEightBaseDouble } from '../eight-base/eight-base-double';
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

  it('opens an 8base workspace with the ID token, and makes the row of who comes for the first time', async () => {
    const workspace = await startEightBaseDouble();
    workspace.pool.trusted = keys;
    const provider = composedProvider(
      signIn(),
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
  });
});
