import type { Page } from '@playwright/test';
import { expireTokens } from '../support/auth-server-admin';
import { type SwitchedDemo, expect, test } from './back-end-test';

/** Fills in the login page of the issuer. */
async function signInAt(page: Page, username: string, password: string): Promise<void> {
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function expectAda(demo: SwitchedDemo): Promise<void> {
  await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
  await expect(demo.part('roles')).toContainText('admin');
  await expect(demo.part('profile-answer')).toContainText('ada@example.test');
}

test.describe('OpenID Connect', { tag: '@backends' }, () => {
  test('signs in by redirect, keeps the return URL and cleans the address', async ({
    server,
    site,
    switchTo,
  }) => {
    const demo = switchTo({ 'back-end': 'oidc', issuer: `${server}/oidc`, client_id: 'latchkey-demo' });
    await demo.open('/account?tab=notes#end');
    await expect(demo.page).toHaveURL(/\/login\?returnUrl=/);
    await demo.part('login-redirect').click();
    await signInAt(demo.page, 'ada', 'a wrong password');
    await expect(demo.page.getByRole('alert')).toContainText('wrong');
    await signInAt(demo.page, 'ada', 'latchkey-ada');
    await expect(demo.page).toHaveURL(`${site.url}/account?tab=notes#end`);
    await expectAda(demo);
  });

  test('signs in in a window of its own', async ({ server, site, switchTo }) => {
    const demo = switchTo({ 'back-end': 'oidc', issuer: `${server}/oidc`, client_id: 'latchkey-demo' });
    await demo.open('/account');
    const opened = demo.page.waitForEvent('popup');
    await demo.part('login-popup').click();
    const window = await opened;
    await signInAt(window, 'ada', 'latchkey-ada');
    if (!window.isClosed()) await window.waitForEvent('close');
    await expect(demo.page).toHaveURL(`${site.url}/account`);
    await expectAda(demo);
  });

  test('renews, survives a reload and logs out at the server too', async ({ server, switchTo }) => {
    const demo = switchTo({ 'back-end': 'oidc', issuer: `${server}/oidc`, client_id: 'latchkey-demo' });
    await demo.open('/account');
    await demo.part('login-redirect').click();
    await signInAt(demo.page, 'ada', 'latchkey-ada');
    await expectAda(demo);
    await expireTokens(server);
    await demo.part('profile-again').click();
    await expect(demo.events('refreshed')).toHaveCount(1);
    await expect(demo.part('profile-answer')).toContainText('ada@example.test');
    await demo.page.reload();
    await expectAda(demo);
    const visit = demo.page.waitForRequest(/\/oidc\/session\/end/);
    await demo.part('logout').click();
    await visit;
    await expect(demo.page).toHaveURL(/\/login$/);
    await expect(demo.part('status')).toHaveText('anonymous');
    await demo.part('login-redirect').click();
    // Nobody is signed in there any more, so it asks again.
    await expect(demo.page.locator('[name=password]')).toBeVisible();
  });

  test('a sign-in that the user calls off is told, and can be tried again', async ({ server, switchTo }) => {
    const demo = switchTo({ 'back-end': 'oidc', issuer: `${server}/oidc`, client_id: 'latchkey-demo' });
    await demo.open('/account');
    await demo.part('login-redirect').click();
    await demo.page.getByRole('button', { name: 'Cancel' }).click();
    await expect(demo.part('login-error')).toContainText('did not sign in');
    await expect(demo.page).toHaveURL(/\/login\?returnUrl=%2Faccount$/);
    await demo.part('login-redirect').click();
    await signInAt(demo.page, 'ada', 'latchkey-ada');
    await expectAda(demo);
  });

  test('an issuer elsewhere is asked for nothing that only the dev auth server knows', async ({
    page,
    site,
    switchTo,
  }) => {
    const issuer = 'https://login.example.test/a/plan';
    await page.route(`${issuer}/**`, route =>
      route.fulfill({
        headers: { 'Access-Control-Allow-Origin': '*' },
        json: {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          code_challenge_methods_supported: ['S256'],
        },
      }),
    );
    const demo = switchTo({ 'back-end': 'oidc', issuer, client_id: 'somebody' });
    await demo.open('/login');
    const visit = page.waitForRequest(request => request.url().startsWith(`${issuer}/authorize?`));
    await demo.part('login-redirect').click();
    const asked = new URL((await visit).url()).searchParams;
    expect(asked.get('client_id')).toBe('somebody');
    expect(asked.get('redirect_uri')).toBe(`${site.url}/`);
    expect(asked.get('scope')).toBe('openid profile email offline_access');
    expect(asked.has('resource')).toBe(false);
  });
});
