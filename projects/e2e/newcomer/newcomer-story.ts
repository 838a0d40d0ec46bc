import { expect, test } from '@playwright/test';
import { type Cell, nameOf } from '../support/cells';
import { endOfLog, requestsSince } from '../support/request-log';
import type { StaticSite } from '../support/static-site';
import { outlive } from '../support/token-life';
import { whyNot } from '../support/toolchain';
import { watchTraffic } from '../support/traffic';
import { generatedPages } from './generated-pages';
import { arrive, type Newcomer } from './newcomer';

const USER = 'ada';
const PASSWORD = 'latchkey-ada';
const REFRESH = { jwt: '/auth/refresh', averos: '/auth/rt/' } as const;
/** Milliseconds for a first run, which downloads Angular. */
export const INSTALLING = 600_000;

/** A fresh application, one `ng add`, and a browser: the story that the product is about. The user wrote no line. */
export function tellNewcomerStory(cell: Cell, tag: string): void {
  test.describe(nameOf(cell), { tag }, () => {
    test.describe.configure({ mode: 'serial' });
    const reason = whyNot(cell.angular);
    test.skip(reason !== null, reason ?? '');

    let newcomer: Newcomer;
    let site: StaticSite;
    let leave: Newcomer['leave'] = async () => undefined;

    test.beforeAll(async () => {
      test.setTimeout(INSTALLING);
      newcomer = await arrive(cell);
      leave = newcomer.leave;
    });

    test.afterAll(() => leave());

    test('ng add asks two questions and leaves a login page and a guarded page', async () => {
      test.setTimeout(INSTALLING);
      const { screen, exitCode, before, after } = await newcomer.addLibrary(newcomer.server.url);
      expect(exitCode, screen).toBe(0);

      const changed = [...after].filter(([path, text]) => before.get(path) !== text);
      const config = cell.standalone ? 'src/app/app.config.ts' : 'src/app/app-module.ts';
      const routes = cell.standalone ? 'src/app/app.routes.ts' : 'src/app/app-routing-module.ts';
      const paths = changed.map(([path]) => path);
      expect(paths, screen).toEqual(expect.arrayContaining(['package.json', config, routes]));
      expect([...before.keys()].filter(path => !after.has(path))).toEqual([]);
      const provider = cell.contract === 'averos' ? 'averos' : 'jwtServer';
      expect(after.get(config)?.replace(/\s+/g, '')).toContain(
        `provideAuth(${provider}({url:'${newcomer.server.url}'`,
      );
      expect(after.get(routes)).toMatch(/path: '(login)'[^]*authGuard|authGuard[^]*path: 'login'/);
      expect(after.get('package.json')).toContain('"ngx-latchkey"');
    });

    test('a second ng add changes nothing', async () => {
      test.setTimeout(INSTALLING);
      const { before, after } = await newcomer.addLibraryAgain();
      expect([...after]).toEqual([...before]);
    });

    test('the application builds for production', async () => {
      test.setTimeout(INSTALLING);
      site = await newcomer.publish();
    });

    test('a wrong password and a stopped server each say what to do', async ({ page }) => {
      const { server } = newcomer;
      const { alert, logIn, logOut, fillIn } = generatedPages(page);
      await page.goto(`${site.url}/account`);
      await expect(page).toHaveURL(`${site.url}/login?returnUrl=%2Faccount`);

      await fillIn(USER, 'not the password');
      await expect(alert).toContainText(/password/i);
      await server.stop();
      await fillIn(USER, PASSWORD);
      await expect(alert).toContainText(/(reach|running|answer)/i);
      await expect(alert).not.toContainText(/undefined|\[object|Http failure/);
      await server.start();
      await logIn.click();
      await expect(page).toHaveURL(`${site.url}/account`);
      await expect(logOut).toBeVisible();
    });

    test('logs in, outlives the token, survives a reload, is in every tab, logs out everywhere', async ({
      context,
      page,
    }) => {
      const server = newcomer.server.url;
      const traffic = watchTraffic(context);
      const { answer, callApi, logOut, fillIn } = generatedPages(page);
      const refreshesSince = async (n: number): Promise<readonly (number | undefined)[]> =>
        (await requestsSince(server, n))
          .filter(({ path }) => path === REFRESH[cell.contract])
          .map(({ gen }) => gen);
      const callAfterExpiry = async (): Promise<void> => {
        await outlive(server, traffic.tokens.at(-1) ?? '');
        await callApi.click();
      };
      const begin = await endOfLog(server);
      await page.goto(`${site.url}/account`);
      await fillIn(USER, PASSWORD);
      await expect(page).toHaveURL(`${site.url}/account`);
      await callApi.click();
      await expect.poll(() => traffic.tokens.length).toBe(1);
      expect(await refreshesSince(begin)).toEqual([]);

      await test.step('the token expires, and one refresh is all that happens', async () => {
        await callAfterExpiry();
        await expect.poll(() => traffic.tokens.length).toBe(2);
        expect(await refreshesSince(begin)).toHaveLength(1);
        await expect(logOut).toBeVisible();
      });

      await test.step('a reload keeps the session', async () => {
        await page.reload();
        await expect(page).toHaveURL(`${site.url}/account`);
        await expect(logOut).toBeVisible();
      });

      const other = await context.newPage();
      const inOther = generatedPages(other);
      await test.step('a second tab has it too, and the two refresh once between them', async () => {
        await other.goto(`${site.url}/account`);
        await expect(inOther.logOut).toBeVisible();
        await callApi.click();
        await expect(answer).toContainText('200');
        const before = await endOfLog(server);
        await outlive(server, traffic.tokens.at(-1) ?? '');
        await Promise.all([callApi.click(), inOther.callApi.click()]);
        await expect.poll(async () => (await answersSince(server, before)).length).toBe(2);
        expect(await refreshesSince(before)).toHaveLength(1);
      });

      await test.step('a logout closes the door in both tabs', async () => {
        await logOut.click();
        await expect(page).toHaveURL(/\/login(\?|$)/);
        await expect(inOther.logOut).toBeHidden();
        for (const tab of [page, other]) {
          await tab.goto(`${site.url}/account`);
          await expect(tab).toHaveURL(`${site.url}/login?returnUrl=%2Faccount`);
        }
      });

      expect([...traffic.authorizedOrigins]).toEqual([server]);
      for (const token of traffic.tokens) expect(traffic.said.join('\n')).not.toContain(token);
    });
  });
}

/** The sample API's good answers to pages. */
async function answersSince(server: string, n: number): Promise<readonly unknown[]> {
  const requests = await requestsSince(server, n);
  return requests.filter(({ path, status }) => path === '/api/profile' && status === 200);
}
