import { ADA, expect, fillIn, logIn, test } from './openid-test';

test.describe('OpenID Connect, the way back', { tag: '@openid' }, () => {
  test(
    'F70 S: is not there for the back button: the code is used once',
    { tag: '@issuer' },
    async ({ page, serve, tokenRequests }) => {
      const application = await serve();
      await logIn(page, application);
      await page.goBack({ waitUntil: 'commit' });
      // The server's page, whose sign-in is over.
      await expect(page).not.toHaveURL(/[?&]code=/);
      await page.goForward({ waitUntil: 'commit' });
      await expect(page).toHaveURL(application.returnUrl);
      await expect(page.locator('#user')).toHaveText(ADA);
      await page.goto(`${application.url}/elsewhere`);
      await page.goBack({ waitUntil: 'commit' });
      await expect(page).toHaveURL(application.returnUrl);
      await expect(page.locator('#user')).toHaveText(ADA);
      await expect(page.locator('#sign-in-error')).toBeEmpty();
      expect(tokenRequests).toEqual([{ grantType: 'authorization_code', status: 200 }]);
    },
  );

  test(
    'F70 S: of two sign-ins that were begun is good for each',
    { tag: '@issuer' },
    async ({ page, context, serve }) => {
      const application = await serve();
      const second = await context.newPage();
      for (const tab of [page, second]) {
        await tab.goto(application.url);
        await tab.locator('#log-in').click();
        await expect(tab.locator('[name=username]')).toBeVisible();
      }
      for (const tab of [second, page]) {
        await fillIn(tab);
        await expect(tab.locator('#user')).toHaveText(ADA);
        await expect(tab.locator('#sign-in-error')).toBeEmpty();
      }
    },
  );
});
