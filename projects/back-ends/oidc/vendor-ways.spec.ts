import { AuthError, type AuthProvider, readJwt } from 'ngx-latchkey/core';
import { type OidcLogin, auth0, eightBaseHosted, keycloak } from 'ngx-latchkey/oidc';
import { followLogout } from './follow-logout';
import { APPLICATION, NodeBrowser } from './node-browser';
import { renewBy } from './renew-by';
import { signInByForms } from './sign-in-by-forms';
import { CLIENT_ID, type Issuer, startIssuer } from './start-issuer';
import { BASE } from './vendor-table';

describe('keycloak(): what only it has', () => {
  let issuer: Issuer;
  let browser: NodeBrowser;

  beforeEach(async () => {
    issuer = await startIssuer('keycloak');
    browser = new NodeBrowser();
  });

  afterEach(async () => {
    browser.close();
    await issuer.close();
  });

  const provider = (): AuthProvider<OidcLogin> =>
    keycloak({ ...BASE, url: `${issuer.address}/`, realm: 'demo' });

  it('comes back with `session_state` and `iss`, which are taken out of the address bar', async () => {
    const url = await browser.open(provider()).leave();
    const back = await signInByForms(url, APPLICATION, 'ada', browser.cookies);
    expect([...back.searchParams.keys()].sort()).toEqual(['code', 'iss', 'session_state', 'state']);
    expect(browser.open(provider(), back.href).page.url().href).toBe(APPLICATION);
  });

  it('refuses an answer that names another issuer, although nothing was read of this one', async () => {
    const back = await signInByForms(await browser.open(provider()).leave(), APPLICATION);
    back.searchParams.set('iss', `${issuer.address}/realms/other`);
    await expectAsync(browser.open(provider(), back.href).arrival).toBeRejectedWithError(
      AuthError,
      /^invalid-authorization-response/,
    );
    expect(issuer.requests.filter(({ grantType }) => grantType !== undefined)).toEqual([]);
  });

  it('signs a user out who was away for longer than a refresh token lives', async () => {
    const page = await browser.signIn(provider());
    issuer.clock.offset = 1700;
    await page.engine.refresh();
    issuer.clock.offset = 3400;
    await page.engine.refresh();
    issuer.clock.offset = 5201;
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
    expect(page.engine.state().endReason).toBe('refused');
  });

  it('may be asked twice with one refresh token while "Revoke Refresh Token" is off', async () => {
    issuer.settings.strict = false;
    const page = await browser.signIn(provider());
    const held = page.engine.usable()?.held;
    await page.engine.refresh();
    expect((await renewBy(provider(), held)).status).toBe(200);
    await page.engine.refresh();
    expect(page.engine.usable()?.generation).toBe(3);
  });

  it('ends the session when "Revoke Refresh Token" is on and a thief comes second', async () => {
    const page = await browser.signIn(provider());
    const held = page.engine.usable()?.held;
    await page.engine.refresh();
    expect((await renewBy(provider(), held)).status).toBe(400);
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
    expect(page.engine.state().endReason).toBe('refused');
  });
});

describe('auth0(): what only it has', () => {
  let issuer: Issuer;
  let browser: NodeBrowser;

  beforeEach(async () => {
    issuer = await startIssuer('auth0');
    browser = new NodeBrowser();
  });

  afterEach(async () => {
    browser.close();
    await issuer.close();
  });

  it('gets opaque access tokens without an audience, and JWTs for the API with one', async () => {
    const without = await browser.signIn(auth0({ ...BASE, domain: issuer.address }));
    expect(readJwt(without.engine.usable()?.held.token)).toBeNull();
    const audience = 'https://api.example.com/';
    const page = await browser.signIn(auth0({ ...BASE, domain: `${issuer.address}/`, audience }));
    await page.engine.refresh();
    const { held } = page.engine.usable() ?? {};
    expect(readJwt(held?.token)?.aud).toBe(audience);
    expect(held?.user?.permissions).toEqual(['act-as:admin', 'act-as:shop:edit']);
  });

  it('ends the session at the identity provider too, by a parameter without a value', async () => {
    const page = await browser.signIn(auth0({ ...BASE, domain: issuer.address, federated: true }));
    const url = new URL((await page.logout()) ?? '');
    expect(url.searchParams.get('federated')).toBe('');
    expect((await followLogout(url.href, APPLICATION, browser.cookies)).href).toBe(APPLICATION);
  });

  it('is named by its domain, with or without a slash behind it', () => {
    for (const domain of ['shop.eu.auth0.com', 'shop.eu.auth0.com/', 'https://shop.eu.auth0.com/']) {
      expect(auth0({ ...BASE, domain }).endpoints[0]).toBe('https://shop.eu.auth0.com/');
    }
  });
});

describe('eightBaseHosted(): with a user pool', () => {
  it('signs in and sends the ID token', async () => {
    const issuer = await startIssuer('cognito');
    const browser = new NodeBrowser();
    const { address: domain, issuer: name } = issuer;
    const pool = { region: 'eu-west-1', userPoolId: 'eu-west-1_Demo' };
    const page = await browser.signIn(eightBaseHosted({ ...BASE, ...pool, domain, issuer: name }));
    const { held } = page.engine.usable() ?? {};
    expect(readJwt(held?.token)).toEqual(jasmine.objectContaining({ token_use: 'id', aud: CLIENT_ID }));
    expect(held?.user?.roles).toEqual(['admin', 'shop:edit']);
    browser.close();
    await issuer.close();
  });
});
