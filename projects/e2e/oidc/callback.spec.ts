import { endOfLog } from '../support/request-log';
import {
  ADA,
  anotherTab,
  expect,
  fillIn,
  interceptedCallback,
  logIn,
  test,
  tokenRequests,
} from './openid-test';

test.describe('OpenID Connect, the way back', { tag: '@openid' }, () => {
  test('opened in another browser is refused, and still good in the right one', async ({
    page,
    browser,
    server,
    serve,
  }) => {
    const application = await serve();
    const callback = await interceptedCallback(page, application);
    const stranger = await browser.newContext();
    const elsewhere = await stranger.newPage();
    await elsewhere.goto(callback);
    await expect(elsewhere.locator('#sign-in-error')).toHaveText('transaction-unknown');
    await expect(elsewhere.locator('#status')).toHaveText('anonymous');
    await expect(elsewhere).toHaveURL(`${application.url}/`);
    await stranger.close();
    expect(await tokenRequests(server)).toEqual([]);
    await page.goto(callback);
    await expect(page.locator('#user')).toHaveText(ADA);
    await expect(page).toHaveURL(application.returnUrl);
  });

  test(
    'F70 S: taken after more than ten minutes is refused',
    { tag: '@issuer' },
    async ({ page, server, serve }) => {
      const application = await serve();
      const callback = await interceptedCallback(page, application);
      await page.clock.install({ time: Date.now() + 601_000 });
      await page.goto(callback);
      await expect(page.locator('#sign-in-error')).toHaveText('transaction-unknown');
      await expect(page).toHaveURL(`${application.url}/`);
      expect(await tokenRequests(server)).toEqual([]);
    },
  );

  test(
    'F70 S: with a code that the server does not take any more is told',
    { tag: '@issuer' },
    async ({ page, server, serve }) => {
      const application = await serve();
      const callback = new URL(await interceptedCallback(page, application));
      callback.searchParams.set('code', 'one-that-was-used-elsewhere');
      await page.goto(callback.href);
      await expect(page.locator('#sign-in-error')).toHaveText('code-refused');
      await expect(page).toHaveURL(application.returnUrl);
      expect(await tokenRequests(server)).toMatchObject([{ status: 400, outcome: 'invalid_grant' }]);
    },
  );

  test(
    'F70 S: copied into another tab is refused there, and the session stays',
    { tag: '@issuer' },
    async ({ page, context, server, serve }) => {
      const application = await serve();
      const callback = await interceptedCallback(page, application);
      await page.goto(callback);
      await expect(page.locator('#user')).toHaveText(ADA);
      const before = await endOfLog(server);
      const copy = await anotherTab(context, application);
      await copy.goto(callback);
      await expect(copy.locator('#sign-in-error')).toHaveText('transaction-unknown');
      await expect(copy).toHaveURL(`${application.url}/`);
      for (const tab of [page, copy]) {
        await expect(tab.locator('#user')).toHaveText(ADA);
        await tab.locator('#call').click();
        await expect(tab.locator('#answers')).toHaveText('200');
      }
      expect(await tokenRequests(server, before)).toEqual([]);
    },
  );

  test(
    'F70 S: is not there for the back button: the code is used once',
    { tag: '@issuer' },
    async ({ page, server, serve }) => {
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
      expect(await tokenRequests(server)).toMatchObject([{ status: 200, outcome: 'signed_in' }]);
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
