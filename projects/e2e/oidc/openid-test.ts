import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeSettings, expireTokens, reset, turnClock } from '../support/auth-server-admin';
import { type AuthServerProcess, startAuthServer } from '../support/auth-server-process';
import { type LoggedRequest, requestsSince } from '../support/request-log';
import { type TokenRequest, watchTokenRequests } from '../support/token-requests';
import { type Traffic, watchTraffic } from '../support/traffic';
import { buildPage } from './build-page';
import { type OpenIdApplication, serveApplication } from './openid-application';
import type { OpenIdSettings } from './openid-settings';
import type { OpenWorld } from './openid-world';

interface TestFixtures {
  /** The dev auth server, with strict rotation; it starts every test with its seeds. */
  readonly server: string;
  readonly traffic: Traffic;
  /** What the browser has asked token endpoints for, in all tabs. */
  readonly tokenRequests: readonly TokenRequest[];
  /** The world that a story is told of: this one is the application and the dev auth server's issuer. */
  readonly open: OpenWorld;
  /** The application with the dev auth server's issuer, and what else it is to be provided with. */
  readonly serve: (more?: Pick<OpenIdSettings, 'dpop' | 'stepUp'>) => Promise<OpenIdApplication>;
}

interface WorkerFixtures {
  readonly authServer: AuthServerProcess;
  /** The folder of the built application. */
  readonly built: string;
}

/** A test of the browser flows against the dev auth server's issuer. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  authServer: [
    async ({ playwright: _ }, use) => {
      const server = await startAuthServer('--rotation', 'strict');
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  built: [
    async ({ playwright: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'openid-page-'));
      await buildPage('openid-page', folder);
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  server: async ({ authServer }, use) => {
    await reset(authServer.url);
    await use(authServer.url);
  },
  traffic: [
    async ({ context }, use) => {
      const traffic = watchTraffic(context);
      await use(traffic);
      // Whatever a test was about: no token was written where people look.
      for (const token of traffic.tokens) expect(traffic.said.join('\n')).not.toContain(token);
    },
    { auto: true },
  ],
  tokenRequests: ({ context }, use) => use(watchTokenRequests(context)),
  open: async ({ server, serve }, use) => {
    await use(async (more = {}) => {
      await changeSettings(server, { dpopNonce: more.dpop === true ? 'required' : 'optional' });
      const application = await serve(more);
      return {
        application,
        user: ADA,
        home: `${application.url}/goodbye`,
        deny: page => page.getByRole('button', { name: 'Cancel' }).click(),
        expire: () => expireTokens(server),
        later: () => turnClock(server, 360),
      };
    });
  },
  serve: async ({ server, built }, use) => {
    const running: OpenIdApplication[] = [];
    await use(async (more = {}) => {
      const options = { issuer: `${server}/oidc`, clientId: 'latchkey-demo', api: [`${server}/api`] };
      const calls = { calls: `${server}/api/profile`, transfer: `${server}/api/transfer` };
      const application = await serveApplication(built, () => ({
        preset: 'oidc',
        options,
        ...calls,
        ...more,
      }));
      running.push(application);
      return application;
    });
    for (const application of running) await application.stop();
  },
});

export { expect };
export type OpenIdTest = typeof test;

export const ADA = 'Ada Lovelace admin user';

/** Fills in the login page, whose fields have the same names everywhere. */
export async function fillIn(page: Page, user = 'ada'): Promise<void> {
  await page.locator('[name=username]').fill(user);
  await page.locator('[name=password]').fill(`latchkey-${user}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in by redirect, and is back. */
export async function logIn(page: Page, application: OpenIdApplication): Promise<void> {
  await page.goto(application.url);
  await page.locator('#log-in').click();
  await fillIn(page);
  await expect(page.locator('#user')).toContainText('Ada Lovelace');
}

/** Another tab of the same browser, in which the user is signed in too. */
export async function anotherTab(context: BrowserContext, application: OpenIdApplication): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(application.url);
  await expect(tab.locator('#user')).toContainText('Ada Lovelace');
  return tab;
}

/** The URL with which the user comes back, to a page whose script does not arrive. */
export async function interceptedCallback(page: Page, application: OpenIdApplication): Promise<string> {
  await page.goto(application.url);
  await page.locator('#log-in').click();
  await expect(page.locator('[name=username]')).toBeVisible();
  const script = `${application.url}/openid-page.js`;
  await page.route(script, route => route.abort());
  await fillIn(page);
  await page.waitForURL(url => url.origin === application.url && url.searchParams.has('state'));
  await page.unroute(script);
  return page.url();
}

/** What the issuer's token endpoint was asked since the given line of the log. */
export async function tokenRequests(server: string, n = 0): Promise<readonly LoggedRequest[]> {
  const requests = await requestsSince(server, n);
  return requests.filter(({ path }) => path === '/oidc/token');
}
