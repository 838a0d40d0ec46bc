import type { BrowserContext, Page } from '@playwright/test';
import { cookieApplication, test as base } from './cookie-test';
import { type EncryptedSite, serveEncrypted } from './encrypted-site';
import { ADA, expect, fillIn } from './openid-test';
import { startAuthServer } from '../support/auth-server-process';

const SESSION = '__Host-latchkey_bff';
const GRACE = 'Grace Hopper user';
/** Another host of the same registrable domain, which can set cookies for all of them: a blog, a shop of a customer, one that was taken over. */
const SIBLING = 'https://blog.shop.localhost';

/** The application over https, with its server at one origin and a dev auth server of its own. */
const test = base.extend<{ readonly encrypted: EncryptedSite }>({
  ignoreHTTPSErrors: true,
  encrypted: async ({ built }, use) => {
    const encrypted = await serveEncrypted('app.shop.localhost');
    const server = await startAuthServer('--origin', encrypted.url);
    const site = await cookieApplication(built, server.url);
    encrypted.handOnTo(site.url);
    await use(encrypted);
    await site.stop();
    await server.stop();
    await encrypted.stop();
  },
});

async function logIn(page: Page, { url }: EncryptedSite, user = 'ada'): Promise<void> {
  await page.goto(url);
  await page.locator('#log-in').click();
  await fillIn(page, user);
  await expect(page.locator('#status')).toHaveText('authenticated');
}

/** The sibling's page sets cookies in all the ways that it has. */
async function toss(context: BrowserContext, names: readonly string[], value: string): Promise<void> {
  const page = await context.newPage();
  await page.route(`${SIBLING}/**`, route => route.fulfill({ contentType: 'text/html', body: 'a blog' }));
  await page.goto(SIBLING);
  await page.evaluate(
    ([given, worth]) => {
      for (const name of given) {
        for (const path of ['/', '/bff', '/bff/user', '/bff/callback', '/api']) {
          for (const domain of ['shop.localhost', 'app.shop.localhost']) {
            document.cookie = `${name}=${worth}; Domain=${domain}; Path=${path}; Secure`;
          }
        }
      }
    },
    [names, value] as const,
  );
  await page.close();
}

test.describe('A session in a cookie, over https', { tag: '@openid' }, () => {
  test('F87: is nothing that a sibling host could put its own in the place of', async ({
    page,
    context,
    browser,
    encrypted,
  }) => {
    // The sibling has a session of its own, and would like the user to work in it.
    const theirs = await browser.newContext({ ignoreHTTPSErrors: true });
    const thief = await theirs.newPage();
    await logIn(thief, encrypted, 'grace');
    await expect(thief.locator('#user')).toHaveText(GRACE);
    const own = (await theirs.cookies()).find(({ name }) => name === SESSION);
    expect(own).toMatchObject({ path: '/', domain: 'app.shop.localhost', secure: true, httpOnly: true });
    const value = own?.value ?? '';
    await theirs.close();
    const names = [SESSION, 'latchkey_bff', '__host-latchkey_bff', 'Host-latchkey_bff'];

    const before = encrypted.cookies.length;
    await toss(context, names, value);
    await page.goto(encrypted.url);
    await expect(page.locator('#log-in')).toBeEnabled();
    await expect(page.locator('#status')).toHaveText('anonymous');

    await logIn(page, encrypted);
    await toss(context, names, value);
    await page.reload();
    await expect(page.locator('#user')).toHaveText(ADA);
    const answered = page.waitForResponse('**/api/profile');
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
    expect(await (await answered).json()).toMatchObject({ username: 'ada' });
    const seen = encrypted.cookies.slice(before).join('\n');
    expect(seen).not.toContain(`${SESSION}=${value}`);
    // The browser did take what has no prefix, and sent it: there was something to be proof against.
    expect(seen).toContain(` latchkey_bff=${value}`);
  });

  test('F87: is not begun by a sign-in that a sibling host has begun', async ({
    page,
    context,
    browser,
    encrypted,
  }) => {
    // The sibling signs in, and keeps the last step for the user.
    const theirs = await browser.newContext({ ignoreHTTPSErrors: true });
    const thief = await theirs.newPage();
    const callback = encrypted.intercept('/bff/callback');
    await thief.goto(encrypted.url);
    await thief.locator('#log-in').click();
    await fillIn(thief, 'grace');
    const url = await callback;
    const own = (await theirs.cookies()).find(({ name }) => name.endsWith('latchkey_bff_login'));
    expect(own?.value).toBeTruthy();
    await theirs.close();

    await toss(context, ['latchkey_bff_login', '__Host-latchkey_bff_login'], own?.value ?? '');
    const answer = await page.goto(url);
    expect(answer?.status()).toBe(400);
    expect((await context.cookies()).map(({ name }) => name)).not.toContain(SESSION);
    await page.goto(encrypted.url);
    await expect(page.locator('#log-in')).toBeEnabled();
    await expect(page.locator('#status')).toHaveText('anonymous');
  });
});
