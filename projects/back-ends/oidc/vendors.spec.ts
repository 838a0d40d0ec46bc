import { AuthError, type AuthProvider, readJwt } from 'ngx-latchkey/core';
import type { OidcLogin } from 'ngx-latchkey/oidc';
import { followLogout } from './follow-logout';
import { APPLICATION, NodeBrowser, type OpenPage } from './node-browser';
import { renewBy } from './renew-by';
import { signInByForms } from './sign-in-by-forms';
import { CLIENT_ID, type Issuer, startIssuer } from './start-issuer';
import { type Options, VENDORS } from './vendor-table';

for (const vendor of VENDORS) {
  describe(`${vendor.name}: with a server in its vendor's shape`, () => {
    let issuer: Issuer;
    let browser: NodeBrowser;

    beforeEach(async () => {
      issuer = await startIssuer(vendor.shape);
      browser = new NodeBrowser();
    });

    afterEach(async () => {
      browser.close();
      await issuer.close();
    });

    const provider = (more: Options = {}): AuthProvider<OidcLogin> => vendor.provider(issuer, more);
    const tokenRequests = (grantType: string): number =>
      issuer.requests.filter(request => request.grantType === grantType).length;
    const call = async ({ engine }: OpenPage): Promise<number> => {
      const { held } = (await engine.token()) ?? {};
      const answer = await fetch(issuer.api, { headers: { Authorization: `Bearer ${held?.token ?? ''}` } });
      return answer.status;
    };

    it('signs in, cleans the address bar, and knows the user and the roles [oidcc-client-test]', async () => {
      const page = await browser.signIn(provider());
      expect(page.page.url().href).toBe(APPLICATION);
      expect(page.engine.state().phase).toBe('fresh');
      expect(page.engine.usable()?.held.user).toEqual(
        jasmine.objectContaining({
          name: 'Ada Lovelace',
          email: 'ada@example.test',
          roles: vendor.roles,
        }),
      );
      expect(await call(page)).toBe(200);
    });

    it('asks the UserInfo endpoint and verifies the signature, by option [oidcc-client-test-scope-userinfo-claims]', async () => {
      const page = await browser.signIn(
        provider({ userInfo: true, verifySignature: () => import('ngx-latchkey/oidc-signature') }),
      );
      expect(page.engine.usable()?.held.user?.email).toBe('ada@example.test');
      expect(page.engine.usable()?.held.user?.roles).toEqual(vendor.roles);
    });

    it('sends the ID token to the APIs, by option', async () => {
      const page = await browser.signIn(provider({ token: 'id' }));
      await page.engine.refresh();
      expect(readJwt(page.engine.usable()?.held.token)).toEqual(
        jasmine.objectContaining({ iss: issuer.issuer, aud: CLIENT_ID }),
      );
    });

    it(`renews, and ${vendor.rotates ? 'keeps the new' : 'goes on with the old'} refresh token [oidcc-client-test-refresh-token]`, async () => {
      const page = await browser.signIn(provider());
      const before = page.engine.usable();
      await page.engine.refresh();
      const after = page.engine.usable();
      expect(after?.held.token).not.toBe(before?.held.token);
      expect(after?.held.secret).toBeDefined();
      expect(after?.held.secret === before?.held.secret).toBe(!vendor.rotates);
      expect(after?.held.user).toEqual(before?.held.user);
      await page.engine.refresh();
      expect([page.engine.usable()?.generation, await call(page)]).toEqual([3, 200]);
    });

    it('ends the session when a renewal is refused, by what the server says', async () => {
      const page = await browser.signIn(provider());
      issuer.endAll();
      await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /session-ended/);
      expect([page.engine.state().phase, page.engine.state().endReason]).toEqual(['ended', 'refused']);
      expect(page.events).toContain(jasmine.objectContaining({ type: 'ended', reason: 'refused' }));
    });

    it('keeps the session when the server is gone', async () => {
      const page = await browser.signIn(provider());
      await issuer.close();
      await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /^unreachable/);
      expect(page.engine.usable()).not.toBeNull();
    });

    it('logs out with the server gone', async () => {
      const page = await browser.signIn(provider());
      await issuer.close();
      await page.engine.end('user');
      expect(page.engine.usable()).toBeNull();
      expect(page.engine.state().phase).toMatch(/^(ending|ended)$/);
    });

    it('renews once for a burst of calls whose token has run out', async () => {
      const page = await browser.signIn(provider());
      browser.ahead = 299_500;
      expect(page.engine.usable()).toBeNull();
      const statuses = await Promise.all(Array.from({ length: 10 }, () => call(page)));
      expect(statuses).toEqual(Array(10).fill(200));
      expect([tokenRequests('refresh_token'), page.engine.usable()?.generation]).toEqual([1, 2]);
    });

    it('is there after a reload, and asks nothing', async () => {
      await browser.signIn(provider());
      const asked = issuer.requests.length;
      const page = browser.open(provider());
      await page.engine.settled();
      expect(page.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
      expect(issuer.requests.length).toBe(asked);
    });

    it('renews after a reload whose token has run out', async () => {
      await browser.signIn(provider());
      browser.ahead = 299_500;
      expect(await call(browser.open(provider()))).toBe(200);
      expect(tokenRequests('refresh_token')).toBe(1);
    });

    it('renews once for two tabs, although the server is strict', async () => {
      const one = await browser.signIn(provider());
      const other = browser.open(provider());
      await other.engine.settled();
      browser.ahead = 299_500;
      expect(await Promise.all([call(one), call(other), call(one), call(other)])).toEqual(Array(4).fill(200));
      expect(tokenRequests('refresh_token')).toBe(1);
      const tokens = [one, other].map(({ engine }) => engine.usable()?.held.token);
      expect(tokens[0]).toBe(tokens[1] ?? '');
    });

    it('leads to the page on which an account is made', async () => {
      const url = await browser.open(provider()).leave({ signUp: true });
      const [path, parameters] = vendor.signUp;
      expect(new URL(url).pathname).toBe(path);
      expect(Object.fromEntries(new URL(url).searchParams)).toEqual(jasmine.objectContaining(parameters));
      const back = await signInByForms(url, APPLICATION, 'hopper', browser.cookies);
      const page = browser.open(provider(), back.href);
      await page.arrival;
      expect(page.engine.usable()?.held.user?.email).toBe('hopper@example.test');
    });

    it('names the identity provider and the user, and asks for a new sign-in', async () => {
      const url = await browser.open(provider()).leave({
        identityProvider: 'google',
        loginHint: 'ada@example.test',
        prompt: 'login',
        maxAge: 60,
        uiLocales: 'de',
      });
      const asked = Object.fromEntries(new URL(url).searchParams);
      expect(Object.values(asked)).toContain('google');
      expect(asked).toEqual(
        jasmine.objectContaining({
          login_hint: 'ada@example.test',
          prompt: 'login',
          max_age: '60',
          ui_locales: 'de',
        }),
      );
    });

    it(`logs out: the server is told, and its own session is over${vendor.logoutModule}`, async () => {
      const page = await browser.signIn(provider());
      const held = page.engine.usable()?.held;
      const url = new URL((await page.logout()) ?? '');
      const [path, parameters] = vendor.logout;
      expect([url.pathname, [...url.searchParams.keys()].sort()]).toEqual([path, [...parameters]]);
      expect(page.events.filter(({ type }) => type === 'logout-not-confirmed')).toEqual([]);
      expect(issuer.requests.filter(request => request.path === vendor.revocation)).toContain(
        jasmine.objectContaining({ method: 'POST' }),
      );
      expect((await renewBy(provider(), held)).status).toBe(vendor.shape === 'auth0' ? 403 : 400);

      const back = await followLogout(url.href, APPLICATION, browser.cookies);
      expect(back.origin + back.pathname).toBe(APPLICATION);
      const home = browser.open(provider(), back.href);
      expect(home.page.url().href).toBe(APPLICATION);
      await home.engine.settled();
      expect([home.engine.state().phase, home.engine.usable()]).toEqual(['anonymous', null]);

      const none = await home.leave({ prompt: 'none' });
      const denied = browser.open(
        provider(),
        (await signInByForms(none, APPLICATION, 'ada', browser.cookies)).href,
      );
      await expectAsync(denied.arrival).toBeRejectedWithError(AuthError, /^login-required/);
    });

    it('signs in without a question while the server has a session of its own', async () => {
      await browser.signIn(provider());
      const url = await browser.open(provider()).leave({ prompt: 'none' });
      const back = await signInByForms(url, APPLICATION, 'ada', browser.cookies);
      const page = browser.open(provider(), back.href);
      await page.arrival;
      expect(page.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
    });

    it('only revokes where nothing more is wanted of a logout', async () => {
      const page = await browser.signIn(provider({ logout: 'local' }));
      const held = page.engine.usable()?.held;
      expect(await page.logout()).toBeUndefined();
      expect((await renewBy(provider(), held)).status).toBeGreaterThanOrEqual(400);
      // The server's own session goes on, as with all other applications of the same browser.
      const url = await browser.open(provider()).leave({ prompt: 'none' });
      const back = await signInByForms(url, APPLICATION, 'ada', browser.cookies);
      expect(back.searchParams.has('code')).toBeTrue();
    });
  });
}
