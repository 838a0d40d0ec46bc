import type { Page } from '@playwright/test';
import { CLIENT_ID, type Issuer, type ShapeName, startIssuer } from '../../back-ends/oidc/start-issuer';
import { serveApi } from './issuers-api';
import { type OpenIdApplication, serveApplication } from './openid-application';
import type { OpenIdSettings } from './openid-settings';
import { anotherTab, expect, logIn, test as base } from './openid-test';

interface Vendor {
  readonly shape: Exclude<ShapeName, 'generic'>;
  readonly options: (issuer: Issuer) => OpenIdSettings['options'];
  /** Where the user comes back to after a logout: to the asked URL where the server brings the state back. */
  readonly home: string;
}

const VENDORS: readonly Vendor[] = [
  {
    shape: 'keycloak',
    options: ({ address }) => ({ url: address, realm: 'demo' }),
    home: '/goodbye',
  },
  {
    shape: 'auth0',
    options: ({ address }) => ({
      domain: address,
      audience: 'https://api.example.com/',
      roles: ['https://shop.example.com/roles'],
    }),
    home: '/',
  },
  {
    shape: 'cognito',
    options: ({ address, issuer }) => ({
      domain: address,
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_Demo',
      issuer,
    }),
    home: '/',
  },
];

const USER = 'Ada Lovelace admin shop:edit';
const TEN = Array(10).fill('200').join(' ');

interface World {
  readonly issuer: Issuer;
  readonly application: OpenIdApplication;
}

const test = base.extend<{ readonly start: (vendor: Vendor) => Promise<World> }>({
  start: async ({ built }, use) => {
    const running: (() => Promise<void>)[] = [];
    await use(async ({ shape, options }) => {
      const started: Issuer[] = [];
      const application = await serveApplication(built, async url => {
        const issuer = await startIssuer(shape, `${url}/`);
        const api = await serveApi(issuer.api);
        started.push(issuer);
        running.push(api.stop, issuer.close);
        return {
          preset: shape,
          options: { ...options(issuer), clientId: CLIENT_ID, api: [api.url] },
          calls: `${api.url}/profile`,
        };
      });
      running.push(application.stop);
      const [issuer] = started;
      if (issuer === undefined) throw new Error('There is no issuer.');
      return { issuer, application };
    });
    for (const stop of running.reverse()) await stop();
  },
});

function renewals({ requests }: Issuer): number {
  return requests.filter(({ grantType }) => grantType === 'refresh_token').length;
}

async function burst(tabs: readonly Page[]): Promise<void> {
  await Promise.all(tabs.map(tab => tab.locator('#burst').dispatchEvent('click')));
  for (const tab of tabs) await expect(tab.locator('#answers')).toHaveText(TEN);
}

for (const vendor of VENDORS) {
  test.describe(`OpenID Connect in the shape of ${vendor.shape}`, { tag: '@openid' }, () => {
    test('signs in by redirect, stays, renews once for a burst, and logs out at the server too', async ({
      page,
      start,
    }) => {
      const { issuer, application } = await start(vendor);
      await logIn(page, application);
      await expect(page).toHaveURL(application.returnUrl);
      await expect(page.locator('#user')).toHaveText(USER);
      await page.reload();
      await expect(page.locator('#user')).toHaveText(USER);
      await expect(page).toHaveURL(application.returnUrl);
      expect(renewals(issuer)).toBe(0);
      issuer.clock.offset = 301;
      await burst([page]);
      expect(renewals(issuer)).toBe(1);
      await page.locator('#log-out').click();
      await expect(page).toHaveURL(application.url + vendor.home);
      await expect(page.locator('#status')).toHaveText('anonymous');
      await expect(page.locator('#sign-in-error')).toBeEmpty();
      await page.locator('#log-in').click();
      await expect(page.locator('[name=password]')).toBeVisible();
    });

    test('signs in in a window, renews once for two tabs, and logs out in both', async ({
      page,
      context,
      start,
    }) => {
      const { issuer, application } = await start(vendor);
      await page.goto(application.url);
      const opened = page.waitForEvent('popup');
      await page.locator('#log-in-in-window').click();
      const window = await opened;
      await window.locator('[name=username]').fill('ada');
      await window.locator('[name=password]').fill('latchkey-ada');
      await window.getByRole('button').click();
      await expect(page.locator('#user')).toHaveText(USER);
      await expect.poll(() => window.isClosed()).toBe(true);
      const other = await anotherTab(context, application);
      issuer.clock.offset = 301;
      await burst([page, other]);
      expect(renewals(issuer)).toBe(1);
      await page.locator('#log-out').click();
      await expect(other.locator('#status')).toHaveText('anonymous');
      await expect(page).toHaveURL(application.url + vendor.home);
    });

    test('tells that the server let nobody in, and takes no code twice', async ({ page, context, start }) => {
      const { issuer, application } = await start(vendor);
      await page.goto(application.url);
      await page.locator('#log-in').click();
      await page.locator('[name=username]').fill('ada');
      await page.locator('[name=password]').fill('a wrong password');
      await page.getByRole('button').click();
      await expect(page.locator('#sign-in-error')).toHaveText('access-denied');
      await expect(page).toHaveURL(application.returnUrl);
      const callback = page.waitForRequest(request => new URL(request.url()).searchParams.has('code'));
      await logIn(page, application);
      const other = await context.newPage();
      await other.goto((await callback).url());
      await expect(other.locator('#sign-in-error')).toHaveText('transaction-unknown');
      await expect(other).toHaveURL(`${application.url}/`);
      await expect(other.locator('#user')).toHaveText(USER);
      expect(issuer.requests.filter(({ grantType }) => grantType !== undefined)).toHaveLength(1);
    });
  });
}
