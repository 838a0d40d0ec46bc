import { expireTokens } from '../support/auth-server-admin';
import { endOfLog, requestsSince } from '../support/request-log';
import { ADA, anotherTab, expect, logIn, test, tokenRequests } from './openid-test';

test.describe('OpenID Connect, strict rotation', { tag: '@openid' }, () => {
  test('a burst of calls with a token that has run out is one renewal', async ({ page, server, serve }) => {
    const application = await serve();
    await logIn(page, application);
    await expireTokens(server);
    const before = await endOfLog(server);
    await page.locator('#burst').click();
    await expect(page.locator('#answers')).toHaveText(Array(10).fill('200').join(' '));
    expect(await tokenRequests(server, before)).toMatchObject([{ status: 200, outcome: 'rotated', gen: 1 }]);
    const calls = await requestsSince(server, before);
    expect(calls.filter(({ path, status }) => path === '/api/profile' && status === 200)).toHaveLength(10);
  });

  test('two tabs with a token that has run out are one renewal, and both go on', async ({
    page,
    context,
    server,
    serve,
  }) => {
    const application = await serve();
    await logIn(page, application);
    const tabs = [page, await anotherTab(context, application)];
    for (const round of [1, 2]) {
      await expireTokens(server);
      const before = await endOfLog(server);
      await Promise.all(tabs.map(tab => tab.locator('#burst').dispatchEvent('click')));
      for (const tab of tabs) {
        await expect(tab.locator('#answers')).toHaveText(Array(10).fill('200').join(' '));
        await expect(tab.locator('#user')).toHaveText(ADA);
      }
      expect(await tokenRequests(server, before)).toMatchObject([
        { status: 200, outcome: 'rotated', gen: round },
      ]);
    }
  });

  test('a logout in one tab is one in the other, and nothing is sent there any more', async ({
    page,
    context,
    server,
    serve,
  }) => {
    const application = await serve();
    await logIn(page, application);
    const other = await anotherTab(context, application);
    await page.locator('#log-out').click();
    await expect(other.locator('#status')).toHaveText('anonymous');
    await expect(page).toHaveURL(`${application.url}/goodbye`);
    const before = await endOfLog(server);
    await other.locator('#call').click();
    await expect(other.locator('#error')).not.toBeEmpty();
    const requests = await requestsSince(server, before);
    expect(requests.filter(({ bearer }) => bearer)).toEqual([]);
    // The other way round: who signs in here is signed in there.
    await logIn(page, application);
    await expect(other.locator('#user')).toHaveText(ADA);
  });
});
