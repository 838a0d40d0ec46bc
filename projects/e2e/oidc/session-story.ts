import type { Page } from '@playwright/test';
import { anotherTab, expect, fillIn, logIn, type OpenIdTest } from './openid-test';

const TEN = Array(10).fill('200').join(' ');
const SIGNED_IN = { grantType: 'authorization_code', status: 200 };
const RENEWED = { grantType: 'refresh_token', status: 200 };

/** From the sign-in to the logout, as it has to be at every server. */
export function tellSessionStory(test: OpenIdTest): void {
  test('signs in by redirect, comes back to where the user was going, and stays over a reload', async ({
    page,
    open,
    tokenRequests,
  }) => {
    const { application, user } = await open();
    await logIn(page, application);
    await expect(page.locator('#user')).toHaveText(user);
    await expect(page).toHaveURL(application.returnUrl);
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
    await page.reload();
    await expect(page.locator('#user')).toHaveText(user);
    await expect(page).toHaveURL(application.returnUrl);
    // The reload has asked for nothing: the session was kept.
    expect(tokenRequests).toEqual([SIGNED_IN]);
  });

  test('signs in in a window of its own, and is told when the user closes it', async ({
    page,
    open,
    tokenRequests,
  }) => {
    const { application, user } = await open();
    await page.goto(application.url);
    const openWindow = async (): Promise<Page> => {
      const opened = page.waitForEvent('popup');
      await page.locator('#log-in-in-window').click();
      const window = await opened;
      await expect(window.locator('[name=username]')).toBeVisible();
      return window;
    };
    await (await openWindow()).close();
    await expect(page.locator('#error')).toHaveText('popup-closed');
    await expect(page.locator('#status')).toHaveText('anonymous');
    const window = await openWindow();
    // What is shown there cannot lead the page elsewhere behind the user's back.
    expect(await window.evaluate(() => opener === null)).toBe(true);
    await fillIn(window);
    await expect(page.locator('#user')).toHaveText(user);
    await expect(page.locator('#done')).toHaveText('log-in-in-window');
    await expect.poll(() => window.isClosed()).toBe(true);
    await expect(page).toHaveURL(`${application.url}/`);
    expect(tokenRequests).toEqual([SIGNED_IN]);
  });

  test('renews once for a burst of calls with a token that has run out, in one tab and in two', async ({
    page,
    context,
    open,
    tokenRequests,
  }) => {
    const { application, user, expire } = await open();
    await logIn(page, application);
    const tabs = [page];
    for (const round of [1, 2, 3]) {
      await expire();
      await Promise.all(tabs.map(tab => tab.locator('#burst').dispatchEvent('click')));
      for (const tab of tabs) {
        await expect(tab.locator('#answers')).toHaveText(TEN);
        await expect(tab.locator('#user')).toHaveText(user);
      }
      expect(tokenRequests).toEqual([SIGNED_IN, ...Array<unknown>(round).fill(RENEWED)]);
      if (round === 1) tabs.push(await anotherTab(context, application));
    }
  });

  test('logs out here, in the other tab, and at the server', async ({ page, context, open }) => {
    const { application, user, home } = await open();
    await logIn(page, application);
    const other = await anotherTab(context, application);
    await page.locator('#log-out').click();
    await expect(other.locator('#status')).toHaveText('anonymous');
    await expect(page).toHaveURL(home);
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(page.locator('#sign-in-error')).toBeEmpty();
    // Nothing is sent from there any more.
    const sent: string[] = [];
    other.on('request', request => sent.push(request.headers()['authorization'] ?? ''));
    await other.locator('#call').click();
    await expect(other.locator('#error')).not.toBeEmpty();
    expect(sent.filter(header => header !== '')).toEqual([]);
    await page.locator('#log-in-silently').click();
    await expect(page.locator('#sign-in-error')).toHaveText('login-required');
    // The other way round: who signs in here is signed in there, and the server asks for the password again.
    await page.locator('#log-in').click();
    await fillIn(page);
    await expect(other.locator('#user')).toHaveText(user);
  });
}
