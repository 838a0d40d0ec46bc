import type { Page } from '@playwright/test';
import { endOfLog, requestsSince } from '../support/request-log';
import { watchTraffic } from '../support/traffic';
import { type NewsApi, startNewsApi } from './news-api';
import type { RenderedSite } from './rendered-site';
import { BUILDING, expect, test, witness } from './rendered-test';
import type { BuiltApplication } from './rendered-workspace';
import { jwtSession } from './session-source';

test.describe(
  'jwtServer() in an application that is rendered on a server',
  {
    tag: '@server-rendering',
  },
  () => {
    test.describe.configure({ mode: 'serial' });
    let built: BuiltApplication;
    let site: RenderedSite;
    let news: NewsApi;
    let stop: () => Promise<unknown> = async () => undefined;

    test.beforeAll(async ({ workspace, authServer }) => {
      test.setTimeout(BUILDING);
      news = await startNewsApi();
      built = await workspace.build(jwtSession(authServer.url, news.url), 'development');
      site = await built.serve();
      stop = () => Promise.all([site.stop(), news.stop()]);
    });

    test.afterAll(() => stop());

    async function logIn(page: Page, username: string): Promise<void> {
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password').fill(`latchkey-${username}`);
      await page.getByRole('button', { name: 'Log in' }).click();
      await expect(page.getByTestId('user')).toBeVisible();
    }

    test('F79 S: renders a hundred pages at once, each for its own visitor, and nothing is left', async ({
      authServer,
    }) => {
      const before = await endOfLog(authServer.url);
      const process = await built.serve();
      const visits = await Promise.all(
        Array.from({ length: 100 }, async (_, number) => {
          const name = `visitor-${number}-`;
          const headers = { cookie: `session=${name}`, authorization: `Bearer secret-of-${name}` };
          const response = await fetch(`${process.url}/visitor?name=${name}`, { headers });
          const guarded = await fetch(`${process.url}/account?name=${name}`, { headers, redirect: 'manual' });
          const location = guarded.headers.get('location');
          return { name, html: await response.text(), status: guarded.status, location };
        }),
      );
      for (const { name, html, status, location } of visits) {
        expect(html).toContain(`<h1>${name}, unknown, nobody</h1>`);
        expect(new Set(html.match(/visitor-\d+-/g))).toEqual(new Set([name]));
        expect(html).not.toContain('secret-of-');
        expect([status, location]).toEqual([302, `/login?returnUrl=%2Faccount%3Fname%3D${name}`]);
      }
      expect(await process.stop()).toEqual({ connections: 0, timers: 0, held: false });
      expect(await requestsSince(authServer.url, before)).toEqual([]);
    });

    test('the prerendered pages are one for everybody', async () => {
      const home = await built.prerendered();
      expect(home).toContain('ng-server-context="ssg"');
      expect(home).toContain('<h1>For everybody</h1>');
      expect(home).toMatch(/data-testid="status"[^>]*>unknown</);
      expect(await built.prerendered('login')).not.toContain('data-testid="login"');
      const guarded = await built.prerendered('reports');
      expect(guarded).toContain('url=/login?returnUrl=%2Freports');
      expect(guarded).not.toContain('alone');
      const pages = await Promise.all(
        ['ada', 'grace'].map(async name =>
          (await fetch(site.url, { headers: { cookie: `session=${name}` } })).text(),
        ),
      );
      expect(pages[0]).toBe(pages[1]);
    });

    test('a guarded page leads the anonymous to the login page, and is never to be seen', async ({
      page,
    }) => {
      for (const path of ['/account', '/reports', '/notes']) {
        const { seen } = await witness(page);
        await page.goto(site.url + path);
        await expect(page).toHaveURL(`${site.url}/login?returnUrl=%2F${path.slice(1)}`);
        await expect(page.getByTestId('login')).toBeVisible();
        expect(await seen()).not.toContain('guarded');
      }
    });

    test('F80 B: a kept session comes back without a hydration error and without a flash of the login form', async ({
      page,
      context,
    }) => {
      const traffic = watchTraffic(context);
      const said = await witness(page);
      const documents: string[] = [];
      await page.goto(`${site.url}/account?tab=1`);
      await logIn(page, 'ada');
      await expect(page).toHaveURL(`${site.url}/account?tab=1`);

      for (const path of ['/', '/visitor', '/news', '/notes', '/reports', '/account', '/account?tab=1']) {
        documents.push(await (await context.request.get(site.url + path)).text());
        await page.goto(site.url + path);
        await expect(page.getByTestId('user')).toHaveText('Ada Lovelace');
        await expect(page.getByTestId('status')).toHaveText('authenticated');
        await expect(page).toHaveURL(site.url + path);
        await expect(page.getByTestId('guarded')).toHaveCount(/account|notes|reports/.test(path) ? 1 : 0);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        expect(await said.seen()).not.toContain('login');
      }
      expect(said.console.join('\n')).not.toMatch(/NG0?5\d\d|error/i);
      expect(said.console.filter(line => line.includes('Angular hydrated')).length).toBeGreaterThan(4);
      expect(traffic.tokens).toHaveLength(1);
      for (const html of documents) {
        expect(html).toMatch(/^<!doctype html>/i);
        expect(html).not.toMatch(/Ada Lovelace|data-testid="guarded"/);
        for (const token of traffic.tokens) expect(html).not.toContain(token);
      }
    });

    test('a request that the server made for nobody is made again for the user', async ({ page }) => {
      await page.goto(`${site.url}/login`);
      await logIn(page, 'ada');
      const before = news.requests.length;
      const rendered = await page.goto(`${site.url}/news`);
      expect(await rendered?.text()).toContain('>news for everybody<');
      await expect(page.getByTestId('news')).toHaveText('news for you');
      expect(news.requests.slice(before)).toEqual([false, true]);
    });

    test('two users of one server see themselves, and the server neither', async ({ browser }) => {
      const names = { ada: 'Ada Lovelace', grace: 'Grace Hopper' };
      const pages = await Promise.all(
        Object.entries(names).map(async ([username, name]) => {
          const context = await browser.newContext();
          const page = await context.newPage();
          await page.goto(`${site.url}/account`);
          await logIn(page, username);
          const html = (await (await page.goto(`${site.url}/visitor?name=same`))?.text()) ?? '';
          await expect(page.getByTestId('user')).toHaveText(name);
          await page.goto(`${site.url}/account`);
          await expect(page.getByTestId('guarded')).toHaveText(`For ${name} alone`);
          await page.getByRole('button', { name: 'Log out' }).click();
          await expect(page).toHaveURL(/\/account$/);
          await expect(page.getByTestId('status')).toHaveText('anonymous');
          await context.close();
          return html;
        }),
      );
      expect(pages[0]).toContain('<h1>same, unknown, nobody</h1>');
      expect(pages[0]).toBe(pages[1]);
    });
  },
);
