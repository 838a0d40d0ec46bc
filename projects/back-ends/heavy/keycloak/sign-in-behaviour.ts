import { AuthError, readJwt } from 'ngx-latchkey/core';
import { oidc } from 'ngx-latchkey/oidc';
import { Browser } from '../../../auth-server/spec/support/browser.js';
import { APPLICATION, open, signInAtKeycloak, submit } from './keycloak-pages';
import { type KeycloakWorld, begin, claimsOf, complete, heldBy, sessionIdOf, signIn } from './keycloak-world';

const EDITOR = jasmine.arrayWithExactContents(['admin', 'member', 'editor']);

export function describeSignIn(world: KeycloakWorld): void {
  it('has the endpoints that discovery names', async () => {
    const issuer = world.protocol().replace(/\/protocol.*/, '');
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
    const found = (await answer.json()) as Readonly<Record<string, string>>;
    expect(world.provider().endpoints).toEqual(
      jasmine.arrayWithExactContents([
        found['issuer'],
        found['authorization_endpoint'],
        found['token_endpoint'],
        found['userinfo_endpoint'],
        found['revocation_endpoint'],
        found['end_session_endpoint'],
        found['pushed_authorization_request_endpoint'],
        found['jwks_uri'],
      ]),
    );
  });

  it('signs in on the login page, and knows the user with the roles of the realm and the client', async () => {
    const page = world.tab();
    const redirect = await begin(page.engine);
    const url = await signInAtKeycloak(redirect.redirect);
    expect([...url.searchParams.keys()].sort()).toEqual(['code', 'iss', 'session_state', 'state']);
    expect(page.callback.stateIn(url)).toBe(redirect.state);
    expect(page.callback.cleaned(url).href).toBe(APPLICATION);
    await complete(page.engine, page.callback, url, redirect);
    const held = heldBy(page);
    expect(held.user).toEqual(
      jasmine.objectContaining({ name: 'Ada Lovelace', email: 'ada@example.test', roles: EDITOR }),
    );
    expect(claimsOf(held).exp).toBe((claimsOf(held).iat ?? 0) + 15);
    expect(await world.statusOf(held.token)).toBe(200);
  });

  it('gets nowhere with a wrong password, and on with the right one', async () => {
    const page = world.tab();
    const browser = new Browser();
    const redirect = await begin(page.engine, { loginHint: 'grace' });
    const form = await open(redirect.redirect, browser);
    expect(form.text).toMatch(/<input id="username"[^>]*value="grace"/);
    const wrong = { username: 'grace', password: 'latchkey-ada' };
    const again = await submit(form, 'kc-form-login', wrong, browser);
    expect([again.location, again.status]).toEqual(['', 200]);
    expect(again.text).toContain('Invalid username or password.');
    const right = { username: 'grace', password: 'latchkey-grace' };
    const last = await submit(again, 'kc-form-login', right, browser);
    await complete(page.engine, page.callback, new URL(last.location), redirect);
    expect(heldBy(page).user).toEqual(
      jasmine.objectContaining({ name: 'Grace Hopper', roles: jasmine.arrayContaining(['member']) }),
    );
  });

  it('makes an account on the page for that, and signs it in', async () => {
    const page = world.tab();
    const browser = new Browser();
    const redirect = await begin(page.engine, { signUp: true });
    const form = await open(redirect.redirect, browser);
    expect(new URL(redirect.redirect).pathname).toMatch(/\/registrations$/);
    const username = `una-${crypto.randomUUID()}`;
    const account = {
      username,
      password: 'latchkey-una',
      'password-confirm': 'latchkey-una',
      email: `${username}@example.test`,
      firstName: 'Una',
      lastName: 'Marson',
    };
    const last = await submit(form, 'kc-register-form', account, browser);
    await complete(page.engine, page.callback, new URL(last.location), redirect);
    expect(heldBy(page).user?.name).toBe('Una Marson');
    expect(await world.administration().eventsOf(sessionIdOf(heldBy(page)))).toContain('LOGIN');
  });

  it('signs in without a question where Keycloak has a session, and says login-required where it has none', async () => {
    const browser = new Browser();
    await signIn(world.tab(), 'ada', browser);
    const page = world.tab();
    const known = await begin(page.engine, { prompt: 'none' });
    await complete(page.engine, page.callback, await signInAtKeycloak(known.redirect, 'ada', browser), known);
    expect(heldBy(page).user?.name).toBe('Ada Lovelace');
    const unknown = await begin(page.engine, { prompt: 'none' });
    const url = await signInAtKeycloak(unknown.redirect);
    await expectAsync(complete(page.engine, page.callback, url, unknown)).toBeRejectedWithError(
      AuthError,
      /^login-required/,
    );
  });

  it('refuses a code that is too old', async () => {
    await world.administration().change({ accessCodeLifespan: 1 });
    try {
      const page = world.tab();
      const redirect = await begin(page.engine);
      const url = await signInAtKeycloak(redirect.redirect);
      await new Promise(resolve => setTimeout(resolve, 2_500));
      await expectAsync(complete(page.engine, page.callback, url, redirect)).toBeRejectedWithError(
        AuthError,
        /^code-refused: .*Code not valid/,
      );
    } finally {
      await world.administration().change({ accessCodeLifespan: 60 });
    }
  });

  it('refuses a code that comes twice, and Keycloak ends the session of the first then', async () => {
    const page = world.tab();
    const redirect = await begin(page.engine);
    const url = await signInAtKeycloak(redirect.redirect);
    await complete(page.engine, page.callback, url, redirect);
    await expectAsync(complete(page.engine, page.callback, url, redirect)).toBeRejectedWithError(
      AuthError,
      /^code-refused/,
    );
    expect(await world.statusOf(heldBy(page).token)).toBe(401);
  });

  it('asks for the user at the UserInfo endpoint, and verifies signatures, by option', async () => {
    const page = world.tab(
      world.provider({ userInfo: true, verifySignature: () => import('ngx-latchkey/oidc-signature') }),
    );
    await signIn(page);
    expect(heldBy(page).user).toEqual(jasmine.objectContaining({ email: 'ada@example.test', roles: EDITOR }));
    await page.engine.refresh();
    expect(heldBy(page).user).toEqual(jasmine.objectContaining({ email: 'ada@example.test', roles: EDITOR }));
  });

  it('sends the ID token to APIs by option, and renews it', async () => {
    const page = world.tab(world.provider({ token: 'id' }));
    await signIn(page);
    const { token } = heldBy(page);
    expect(readJwt(token)).toEqual(jasmine.objectContaining({ aud: 'web', typ: 'ID' }));
    await page.engine.refresh();
    expect(readJwt(heldBy(page).token)).toEqual(jasmine.objectContaining({ aud: 'web', typ: 'ID' }));
    expect(heldBy(page).token).not.toBe(token);
  });

  it('pushes the request by option', async () => {
    const page = world.tab(world.provider({ pushedAuthorization: 'always' }));
    const { redirect } = await begin(page.engine);
    expect([...new URL(redirect).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    await signIn(page);
    expect(heldBy(page).user?.name).toBe('Ada Lovelace');
  });

  it('is found by discovery too, without the preset', async () => {
    const issuer = world.protocol().replace(/\/protocol.*/, '');
    const page = world.tab(oidc({ issuer, clientId: 'web', redirectUri: APPLICATION }));
    // Who has not the role of that name is refused a token for offline_access.
    await signIn(page, 'grace');
    const { secret } = heldBy(page);
    await page.engine.refresh();
    expect(heldBy(page).secret).not.toBe(secret);
    expect(readJwt(heldBy(page).secret)?.['typ']).toBe('Offline');
  });
}
