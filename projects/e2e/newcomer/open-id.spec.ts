import { expect, test } from '@playwright/test';
import { FIRST_CELL } from '../support/cells';
import { generatedPages } from './generated-pages';
import { arrive } from './newcomer';
import { INSTALLING } from './newcomer-story';

test(
  'with the URL of an OpenID issuer, ng add asks for the client id, and users log in there',
  { tag: '@newcomer' },
  async ({ page }) => {
    test.setTimeout(INSTALLING);
    const newcomer = await arrive(FIRST_CELL);
    try {
      const issuer = `${newcomer.server.url}/oidc`;
      await test.step('ng add finds out, and asks one thing more', async () => {
        const { screen, exitCode, after } = await newcomer.addLibrary(issuer, 'latchkey-spa');
        expect(exitCode, screen).toBe(0);
        expect(after.get('src/app/app.config.ts')?.replace(/\s+/g, '')).toContain(
          `provideAuth(oidc({issuer:'${issuer}',clientId:'latchkey-spa',api:[]`,
        );
      });

      const site = await newcomer.publish();
      const { alert, logIn, logOut } = generatedPages(page);
      const atIssuer = {
        username: page.getByLabel(/user name/i),
        password: page.getByLabel('Password'),
        cancel: page.getByRole('button', { name: 'Cancel' }),
      };

      await test.step('who cancels is told so', async () => {
        await page.goto(`${site.url}/account`);
        await expect(page).toHaveURL(`${site.url}/login?returnUrl=%2Faccount`);
        await logIn.click();
        await atIssuer.cancel.click();
        await expect(page).toHaveURL(`${site.url}/login?returnUrl=%2Faccount`);
        await expect(alert).toContainText(/denied/i);
      });

      await test.step('who logs in sees the page that was wanted', async () => {
        await logIn.click();
        await atIssuer.username.fill('ada');
        await atIssuer.password.fill('latchkey-ada');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await expect(page).toHaveURL(`${site.url}/account`);
        await expect(page.getByRole('heading', { name: 'Hello, Ada' })).toBeVisible();
        await page.reload();
        await expect(logOut).toBeVisible();
      });

      await test.step('a logout ends the session of the issuer too', async () => {
        await logOut.click();
        // By way of the issuer, back to where the user was, and from there to the login page.
        await expect(page).toHaveURL(`${site.url}/login?returnUrl=%2Faccount`);
        await logIn.click();
        await expect(atIssuer.password).toBeVisible();
      });
    } finally {
      await newcomer.leave();
    }
  },
);
