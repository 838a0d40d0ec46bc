import type { Held } from 'ngx-latchkey/core';
import { oidc } from 'ngx-latchkey/oidc';
import { Browser } from '../../../auth-server/spec/support/browser.js';
import { APPLICATION, open } from './keycloak-pages';
import { type KeycloakTab, type KeycloakWorld, begin, heldBy, sessionIdOf, signIn } from './keycloak-world';

export function describeSignOut(world: KeycloakWorld): void {
  it('tells Keycloak by one POST with the refresh token', async () => {
    const page = world.tab();
    await signIn(page);
    const held = heldBy(page);
    await page.engine.end('user');
    expect(page.events.map(({ type }) => type)).not.toContain('logout-not-confirmed');
    expect(await world.administration().eventsOf(sessionIdOf(held))).toContain('LOGOUT');
    expect(await world.statusOf(held.token)).toBe(401);
    expect(await world.spend(held.secret)).toEqual({ status: 400, detail: 'Session not active' });
  });

  it('is answered with nothing by Keycloak, and may be told twice', async () => {
    const page = world.tab();
    await signIn(page);
    const form = { refresh_token: heldBy(page).secret ?? '' };
    const answers = [await world.post('logout', form), await world.post('logout', form)];
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect(answers[0]?.headers.get('access-control-allow-origin')).toBe(new URL(APPLICATION).origin);
  });

  it('leads to Keycloak and back with the state, and Keycloak has forgotten the user', async () => {
    const browser = new Browser();
    const page = world.tab();
    await signIn(page, 'ada', browser);
    const held = heldBy(page);
    const back = await open(signOutUrl(page, held), browser);
    expect(back.location).toBe(`${APPLICATION}?state=out.1`);
    expect(page.callback.stateIn(new URL(back.location))).toBe('out.1');
    expect(await world.statusOf(held.token)).toBe(401);
    expect(await errorOfSilent(browser)).toBe('login_required');
  });

  it('leads there and back also after the POST, as a logout of the library does', async () => {
    const browser = new Browser();
    const page = world.tab();
    await signIn(page, 'ada', browser);
    const url = signOutUrl(page, heldBy(page));
    await page.engine.end('user');
    expect((await open(url, browser)).location).toBe(`${APPLICATION}?state=out.1`);
    expect(await errorOfSilent(browser)).toBe('login_required');
  });

  it('is asked about where there is no ID token', async () => {
    const browser = new Browser();
    const page = world.tab();
    await signIn(page, 'ada', browser);
    const url = new URL(signOutUrl(page, heldBy(page)));
    url.searchParams.delete('id_token_hint');
    const question = await open(url.href, browser);
    expect([question.status, question.location]).toEqual([200, '']);
    expect(question.text).toContain('Do you want to log out?');
  });

  it('stays in the application by option, and Keycloak has forgotten the user all the same', async () => {
    const browser = new Browser();
    const page = world.tab(world.provider({ logout: 'local' }));
    await signIn(page, 'ada', browser);
    expect(page.callback.signOut?.(heldBy(page), 'out.1')).toBeNull();
    await page.engine.end('user');
    expect(await errorOfSilent(browser)).toBe('login_required');
  });

  it('revokes without the preset, which ends the session as well', async () => {
    const issuer = world.protocol().replace(/\/protocol.*/, '');
    const options = { issuer, clientId: 'web', redirectUri: APPLICATION, scope: 'openid profile email' };
    const page = world.tab(oidc(options));
    await signIn(page);
    const held = heldBy(page);
    await page.engine.end('user');
    expect(page.events.map(({ type }) => type)).not.toContain('logout-not-confirmed');
    expect(await world.statusOf(held.token)).toBe(401);
  });

  async function errorOfSilent(browser: Browser): Promise<string | null> {
    const { redirect } = await begin(world.tab().engine, { prompt: 'none' });
    return new URL((await open(redirect, browser)).location).searchParams.get('error');
  }
}

function signOutUrl({ callback }: KeycloakTab, held: Held): string {
  const url = callback.signOut?.(held, 'out.1');
  if (typeof url !== 'string') throw new Error('There is nothing to go to.');
  return url;
}
