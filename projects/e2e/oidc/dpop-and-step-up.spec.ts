import type { Page } from '@playwright/test';
import { changeSettings, expireTokens } from '../support/auth-server-admin';
import { endOfLog, requestsSince } from '../support/request-log';
import { ADA, expect, logIn, test, tokenRequests } from './openid-test';

/** The headers of the next API call that the server is content with. */
async function headersOfCall(page: Page): Promise<Readonly<Record<string, string>>> {
  const answered = page.waitForResponse(
    answer => answer.url().endsWith('/api/profile') && answer.status() === 200,
  );
  await page.locator('#call').click();
  return (await answered).request().headers();
}

test.describe('OpenID Connect with DPoP', { tag: '@openid' }, () => {
  test('proves with nonces, and a token that was copied is worth nothing', async ({
    page,
    server,
    serve,
  }) => {
    await changeSettings(server, { dpopNonce: 'required' });
    const application = await serve({ dpop: true });
    await logIn(page, application);
    expect(await tokenRequests(server)).toMatchObject([
      { status: 400, outcome: 'use_dpop_nonce' },
      { status: 200, outcome: 'signed_in' },
    ]);
    const { authorization = '', dpop = '' } = await headersOfCall(page);
    expect(authorization).toMatch(/^DPoP /);
    await expect(page.locator('#answers')).toHaveText('200');

    const profile = `${server}/api/profile`;
    const asBearer = { authorization: authorization.replace('DPoP', 'Bearer') };
    for (const headers of [asBearer, { authorization }, { authorization, dpop }]) {
      expect((await fetch(profile, { headers })).status).toBe(401);
    }

    await expireTokens(server);
    const before = await endOfLog(server);
    await page.locator('#burst').click();
    await expect(page.locator('#answers')).toHaveText(Array(10).fill('200').join(' '));
    const renewals = await tokenRequests(server, before);
    expect(renewals.filter(({ outcome }) => outcome !== 'use_dpop_nonce')).toMatchObject([
      { status: 200, outcome: 'rotated' },
    ]);
    await page.reload();
    await expect(page.locator('#user')).toHaveText(ADA);
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
  });
});

test.describe('OpenID Connect with step-up', { tag: '@openid' }, () => {
  /** Opens the window in which the user gives the code. */
  async function stepUpWindow(page: Page): Promise<Page> {
    const opened = page.waitForEvent('popup');
    await page.locator('#step-up').click();
    const window = await opened;
    await expect(window.locator('[name=code]')).toBeVisible();
    return window;
  }

  for (const dpop of [false, true]) {
    test(`a call waits for the second factor and is sent once more${dpop ? ', with DPoP' : ''}`, async ({
      page,
      server,
      serve,
    }) => {
      const application = await serve({ stepUp: true, dpop });
      await logIn(page, application);
      const before = await endOfLog(server);
      await page.locator('#transfer').click();
      await expect(page.locator('#asked')).toHaveText('urn:latchkey:second-factor');
      const window = await stepUpWindow(page);
      await window.locator('[name=code]').fill('000000');
      await window.getByRole('button', { name: 'Confirm' }).click();
      await expect(page.locator('#answers')).toHaveText('200');
      await expect(page.locator('#asked')).toBeEmpty();
      await expect.poll(() => window.isClosed()).toBe(true);
      const requests = await requestsSince(server, before);
      const transfers = requests.filter(({ path }) => path === '/api/transfer');
      expect(transfers.map(({ status }) => status)).toEqual([401, 200]);
      // The new session is as good for the next one.
      await page.locator('#transfer').click();
      await expect(page.locator('#answers')).toHaveText('200');
      await expect(page.locator('#user')).toHaveText(ADA);
    });
  }

  test('a user who does not want to keeps the session, and the call fails', async ({
    page,
    server,
    serve,
  }) => {
    const application = await serve({ stepUp: true });
    await logIn(page, application);
    await page.locator('#transfer').click();
    const window = await stepUpWindow(page);
    await window.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => window.isClosed()).toBe(true);
    await page.locator('#not-now').click();
    await expect(page.locator('#error')).toHaveText('step-up-cancelled');
    await expect(page.locator('#user')).toHaveText(ADA);
    const transfers = (await requestsSince(server)).filter(({ path }) => path === '/api/transfer');
    expect(transfers).toHaveLength(1);
  });
});
