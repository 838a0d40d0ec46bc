import { anotherTab, expect, fillIn, interceptedCallback, type OpenIdTest } from './openid-test';

const SIGNED_IN = { grantType: 'authorization_code', status: 200 };

/** What can go wrong on the way back, and is told: as it has to be at every server. */
export function tellWayBackStory(test: OpenIdTest): void {
  test('tells that the server let nobody in, and the user may try again', async ({ page, context, open }) => {
    const { application, user, deny } = await open();
    await page.goto(application.url);
    await page.locator('#log-in').click();
    await deny(page);
    await expect(page.locator('#sign-in-error')).toHaveText('access-denied');
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(page).toHaveURL(application.returnUrl);
    // A server may know by now who it was that did not want to.
    await context.clearCookies();
    await page.locator('#log-in').click();
    await fillIn(page);
    await expect(page.locator('#user')).toHaveText(user);
    await expect(page.locator('#sign-in-error')).toBeEmpty();
  });

  test('tells that the server wants the user to do something, and takes no code from such an answer', async ({
    page,
    open,
    tokenRequests,
  }) => {
    const { application } = await open();
    const answer = new URL(await interceptedCallback(page, application));
    // The answer is the server's own, but for what it says.
    answer.searchParams.set('error', 'interaction_required');
    await page.goto(answer.href);
    await expect(page.locator('#sign-in-error')).toHaveText('interaction-required');
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(page).toHaveURL(application.returnUrl);
    expect(tokenRequests).toEqual([]);
  });

  test('opened in another browser is refused, is good in the right one, and only once', async ({
    page,
    context,
    browser,
    open,
    tokenRequests,
  }) => {
    const { application, user } = await open();
    const callback = await interceptedCallback(page, application);
    const stranger = await browser.newContext();
    const elsewhere = await stranger.newPage();
    await elsewhere.goto(callback);
    await expect(elsewhere.locator('#sign-in-error')).toHaveText('transaction-unknown');
    await expect(elsewhere.locator('#status')).toHaveText('anonymous');
    await expect(elsewhere).toHaveURL(`${application.url}/`);
    await stranger.close();
    expect(tokenRequests).toEqual([]);
    await page.goto(callback);
    await expect(page.locator('#user')).toHaveText(user);
    await expect(page).toHaveURL(application.returnUrl);
    const copy = await anotherTab(context, application);
    await copy.goto(callback);
    await expect(copy.locator('#sign-in-error')).toHaveText('transaction-unknown');
    await expect(copy).toHaveURL(`${application.url}/`);
    for (const tab of [page, copy]) {
      await expect(tab.locator('#user')).toHaveText(user);
      await tab.locator('#call').click();
      await expect(tab.locator('#answers')).toHaveText('200');
    }
    expect(tokenRequests).toEqual([SIGNED_IN]);
  });

  test('taken after more than ten minutes is refused', async ({ page, open, tokenRequests }) => {
    const { application } = await open();
    const callback = await interceptedCallback(page, application);
    await page.clock.install({ time: Date.now() + 601_000 });
    await page.goto(callback);
    await expect(page.locator('#sign-in-error')).toHaveText('transaction-unknown');
    await expect(page).toHaveURL(`${application.url}/`);
    expect(tokenRequests).toEqual([]);
  });

  test('with a code that the server does not take any more is told', async ({
    page,
    open,
    tokenRequests,
  }) => {
    const { application } = await open();
    const callback = new URL(await interceptedCallback(page, application));
    callback.searchParams.set('code', 'one-that-was-used-elsewhere');
    await page.goto(callback.href);
    await expect(page.locator('#sign-in-error')).toHaveText('code-refused');
    await expect(page).toHaveURL(application.returnUrl);
    expect(tokenRequests).toHaveLength(1);
    expect([400, 403]).toContain(tokenRequests[0]?.status);
  });
}
