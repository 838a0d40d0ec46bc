import type { Page } from '@playwright/test';
import { expect, test } from './keycloak-test';

const USER = 'Ada Lovelace admin editor member';

async function fillIn(page: Page): Promise<void> {
  await page.locator('#username').fill('ada');
  await page.locator('#password').fill('latchkey-ada');
  await page.locator('#kc-login').click();
}

async function logIn(page: Page, site: string): Promise<void> {
  await page.goto(site);
  await page.locator('#log-in').click();
  await fillIn(page);
  await expect(page.locator('#user')).toHaveText(USER);
}

test.describe('Keycloak', { tag: '@keycloak' }, () => {
  // One Keycloak for all of them.
  test.describe.configure({ mode: 'serial' });

  test('signs in and comes back to where the user was going, with a token that serves', async ({
    page,
    site,
  }) => {
    await logIn(page, site.url);
    await expect(page).toHaveURL(`${site.url}/account?tab=notes`);
    await page.locator('#ask').click();
    await expect(page.locator('#answer')).toHaveText('200');
    await page.locator('#refresh').click();
    await expect(page.locator('#done')).toHaveText('refresh');
    await page.reload();
    await expect(page.locator('#user')).toHaveText(USER);
  });

  test('signs in in a window of its own', async ({ page, context, site }) => {
    await page.goto(site.url);
    const opened = context.waitForEvent('page');
    await page.locator('#log-in-in-window').click();
    const window = await opened;
    await fillIn(window);
    await expect(page.locator('#user')).toHaveText(USER);
    await expect.poll(() => window.isClosed()).toBe(true);
    await expect(page).toHaveURL(`${site.url}/`);
  });

  test('renews in two tabs at once, and Keycloak takes it for one user', async ({ page, context, site }) => {
    await logIn(page, site.url);
    const other = await context.newPage();
    await other.goto(site.url);
    await expect(other.locator('#user')).toHaveText(USER);
    for (const tab of [page, other]) await tab.locator('#refresh').dispatchEvent('click');
    for (const tab of [page, other]) {
      await expect(tab.locator('#done')).toHaveText('refresh');
      await tab.locator('#ask').click();
      await expect(tab.locator('#answer')).toHaveText('200');
    }
  });

  test('logs out there, here and in the other tab, and comes back', async ({ page, context, site }) => {
    await logIn(page, site.url);
    const other = await context.newPage();
    await other.goto(site.url);
    await expect(other.locator('#status')).toHaveText('authenticated');
    await page.locator('#log-out').click();
    await expect(page).toHaveURL(`${site.url}/goodbye`);
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(other.locator('#status')).toHaveText('anonymous');
    await page.locator('#log-in-silently').click();
    await expect(page.locator('#error')).toHaveText('login-required');
  });

  test('says unreachable where the client does not name the origin', async ({
    page,
    site,
    administration,
  }) => {
    await administration.changeClient('web', { webOrigins: ['https://other.test'] });
    try {
      await page.goto(site.url);
      await page.locator('#log-in').click();
      await fillIn(page);
      await expect(page.locator('#error')).toHaveText('unreachable');
      await expect(page.locator('#status')).toHaveText('anonymous');
    } finally {
      await administration.changeClient('web', { webOrigins: [site.url] });
    }
  });
});
