import { requestsSince } from '../support/request-log';
import { ADA, expect, fillIn, logIn, test, tokenRequests } from './openid-test';

test.describe('OpenID Connect, signing in', { tag: '@openid' }, () => {
  test('by redirect: comes back to where the user was going, with a clean address, for good', async ({
    page,
    server,
    serve,
  }) => {
    const application = await serve();
    await logIn(page, application);
    await expect(page.locator('#user')).toHaveText(ADA);
    await expect(page).toHaveURL(application.returnUrl);
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
    await page.reload();
    await expect(page.locator('#user')).toHaveText(ADA);
    await expect(page).toHaveURL(application.returnUrl);
    // The reload has asked for nothing: the session was kept.
    expect(await tokenRequests(server)).toMatchObject([{ status: 200, outcome: 'signed_in' }]);
  });

  test('in a window of its own, which closes', async ({ page, server, serve }) => {
    const application = await serve();
    await page.goto(application.url);
    const opened = page.waitForEvent('popup');
    await page.locator('#log-in-in-window').click();
    const window = await opened;
    await fillIn(window);
    await expect(page.locator('#user')).toHaveText(ADA);
    await expect(page.locator('#done')).toHaveText('log-in-in-window');
    await expect.poll(() => window.isClosed()).toBe(true);
    await expect(page).toHaveURL(`${application.url}/`);
    expect(await tokenRequests(server)).toHaveLength(1);
  });

  test('in a window that the user closes', async ({ page, serve }) => {
    const application = await serve();
    await page.goto(application.url);
    const opened = page.waitForEvent('popup');
    await page.locator('#log-in-in-window').click();
    const window = await opened;
    await expect(window.locator('[name=username]')).toBeVisible();
    await window.close();
    await expect(page.locator('#error')).toHaveText('popup-closed');
    await expect(page.locator('#status')).toHaveText('anonymous');
  });

  test('called off by the user, and tried again', async ({ page, serve }) => {
    const application = await serve();
    await page.goto(application.url);
    await page.locator('#log-in').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.locator('#sign-in-error')).toHaveText('access-denied');
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(page).toHaveURL(application.returnUrl);
    await page.locator('#log-in').click();
    await fillIn(page);
    await expect(page.locator('#user')).toHaveText(ADA);
    await expect(page.locator('#sign-in-error')).toBeEmpty();
  });

  test('logs out at the server too, and comes back', async ({ page, server, serve }) => {
    const application = await serve();
    await logIn(page, application);
    await page.locator('#log-out').click();
    await expect(page).toHaveURL(`${application.url}/goodbye`);
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(page.locator('#sign-in-error')).toBeEmpty();
    const paths = (await requestsSince(server)).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['/oidc/token/revocation', '/oidc/session/end']));
    await page.locator('#log-in-silently').click();
    await expect(page.locator('#sign-in-error')).toHaveText('login-required');
    await page.locator('#log-in').click();
    await expect(page.locator('[name=password]')).toBeVisible();
  });
});
