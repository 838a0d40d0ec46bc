import type { BrowserContext, Page } from '@playwright/test';
import { readableByScript } from '../demo/readable-by-script';
import { addFault, expireTokens, revokeSessions } from '../support/auth-server-admin';
import { heapOf } from '../support/heap';
import type { SiteWithServer } from '../support/site-with-server';
import { test } from './cookie-test';
import { ADA, expect, fillIn } from './openid-test';

const TEN = Array(10).fill('200').join(' ');
/** How a JWT begins, and an opaque token is named. */
const TOKEN = /eyJ[\w-]{10,}\.|access_token|refresh_token|id_token/;
async function logIn(page: Page, site: SiteWithServer): Promise<void> {
  await page.goto(site.url);
  await page.locator('#log-in').click();
  await fillIn(page);
  await expect(page.locator('#user')).toHaveText(ADA);
}

async function anotherTab(context: BrowserContext, site: SiteWithServer): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(site.url);
  await expect(tab.locator('#user')).toHaveText(ADA);
  return tab;
}

/** How often the server was asked who is signed in. */
function asked({ passed }: SiteWithServer): number {
  return passed.filter(({ path }) => path === '/bff/user').length;
}

test.describe('A session in a cookie', { tag: '@openid' }, () => {
  test('signs in by redirect, and no token is ever in the page', async ({ page, context, site, traffic }) => {
    const seen: Promise<string>[] = [];
    context.on('response', response => {
      seen.push(Promise.resolve(JSON.stringify([response.url(), response.headers()])));
      const isCode = /\.(js|html)$/.test(new URL(response.url()).pathname);
      if (!isCode) seen.push(response.text().catch(() => ''));
    });
    await logIn(page, site);
    await expect(page).toHaveURL(`${site.url}/account?tab=notes#end`);
    const answered = page.waitForResponse('**/api/profile');
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
    const headers = await (await answered).request().allHeaders();
    expect(headers).toMatchObject({ 'x-csrf': '1', cookie: expect.stringContaining('latchkey_bff=') });
    expect(headers['authorization']).toBeUndefined();

    expect([...traffic.authorizedOrigins]).toEqual([]);
    const wire = (await Promise.all(seen)).join('\n');
    expect(wire).toContain('Ada Lovelace');
    expect(wire).not.toMatch(TOKEN);
    const { webStorage, cookies, indexedDb } = await readableByScript(page);
    expect(`${webStorage}${indexedDb}`).not.toMatch(TOKEN);
    expect(cookies).toBe('');
    const [cookie] = (await context.cookies()).filter(({ name }) => name === 'latchkey_bff');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    const heap = await heapOf(page);
    expect(heap).toContain('Ada Lovelace');
    // The library's own code names the members of a token answer.
    expect(/eyJ[\w-]{10,}\./.test(heap)).toBe(false);
    expect(heap.includes(cookie?.value ?? 'Ada Lovelace')).toBe(false);
  });

  test('is kept over a reload, and found where only the cookie is left', async ({ page, site }) => {
    await logIn(page, site);
    await page.reload();
    await expect(page.locator('#user')).toHaveText(ADA);
    await expect(page).toHaveURL(`${site.url}/account?tab=notes#end`);
    await page.evaluate(() => {
      localStorage.clear();
    });
    await page.goto(site.url);
    await expect(page.locator('#user')).toHaveText(ADA);
  });

  test('tells that the user called the sign-in off', async ({ page, site }) => {
    await page.goto(site.url);
    await page.locator('#log-in').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.locator('#sign-in-error')).toHaveText('access-denied');
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(page).toHaveURL(`${site.url}/account?tab=notes#end`);
  });

  test('is one session for two tabs, whose tokens the server renews by itself', async ({
    page,
    context,
    server,
    site,
  }) => {
    await logIn(page, site);
    const tabs = [page, await anotherTab(context, site)];
    const before = asked(site);
    await expireTokens(server);
    await Promise.all(tabs.map(tab => tab.locator('#burst').dispatchEvent('click')));
    for (const tab of tabs) await expect(tab.locator('#answers')).toHaveText(TEN);
    expect(asked(site)).toBe(before);
  });

  test('is asked for once when the API says no to a burst of calls, and the calls are sent once more', async ({
    page,
    server,
    site,
  }) => {
    await logIn(page, site);
    const before = asked(site);
    await addFault(server, { on: 'api', kind: 'status', status: 401, times: 10 });
    await page.locator('#burst').click();
    await expect(page.locator('#answers')).toHaveText(TEN);
    expect(asked(site)).toBe(before + 1);
    await expect(page.locator('#user')).toHaveText(ADA);
  });

  test('is over when the server says that it is', async ({ page, server, site }) => {
    await logIn(page, site);
    await revokeSessions(server);
    await page.locator('#call').click();
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect(page.locator('#error')).toHaveText(`401 ${site.url}/api/profile`);
  });

  test('is over in the other tab too when the server says that it is', async ({
    page,
    context,
    server,
    site,
  }) => {
    await logIn(page, site);
    const other = await anotherTab(context, site);
    await revokeSessions(server);
    await page.locator('#call').click();
    await expect(other.locator('#status')).toHaveText('anonymous', { timeout: 3_000 });
  });

  test('ends with a logout here, in the other tab, and at the server', async ({ page, context, site }) => {
    await logIn(page, site);
    const other = await anotherTab(context, site);
    await page.locator('#log-out').click();
    await expect(other.locator('#status')).toHaveText('anonymous');
    await expect(page.locator('#status')).toHaveText('anonymous');
    await expect
      .poll(async () => (await context.cookies()).map(({ name }) => name))
      .not.toContain('latchkey_bff');
    expect(site.passed).toContainEqual(
      expect.objectContaining({ method: 'POST', path: '/bff/logout', status: 204 }),
    );
    await other.reload();
    await expect(other.locator('#log-in')).toBeEnabled();
    await expect(other.locator('#status')).toHaveText('anonymous');
    await page.locator('#log-in').click();
    await fillIn(page);
    await expect(other.locator('#user')).toHaveText(ADA);
  });

  test('F87: is out of the reach of forms of other sites, and of neighbours that the cookie goes along with', async ({
    page,
    context,
    site,
  }) => {
    await logIn(page, site);
    const host = new URL(site.url);
    host.port = '1';
    for (const [attacker, cookie] of [
      ['http://evil.test', false],
      // Another port is the same site: its forms bring the cookie.
      [host.origin, true],
    ] as const) {
      for (const target of ['/bff/logout', '/api/notes']) {
        const tab = await context.newPage();
        const form = `<form method="post" action="${site.url}${target}"><input name="text" value="mine"><button>Win</button></form>`;
        await tab.route(`${attacker}/**`, route => route.fulfill({ contentType: 'text/html', body: form }));
        await tab.goto(`${attacker}/`);
        const before = site.passed.length;
        await tab.getByRole('button').click();
        await expect.poll(() => site.passed.slice(before)).toHaveLength(1);
        const [seen] = site.passed.slice(before);
        expect(seen).toMatchObject({ method: 'POST', path: target, cookie });
        expect([401, 403, 415]).toContain(seen?.status);
      }
    }
    await page.reload();
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
    await expect(page.locator('#user')).toHaveText(ADA);
  });

  test('is kept while the server is down, which is told, and goes on afterwards', async ({ page, site }) => {
    await logIn(page, site);
    site.down = true;
    await page.locator('#refresh').click();
    await expect(page.locator('#error')).toHaveText('unreachable');
    await page.reload();
    await expect(page.locator('#user')).toHaveText(ADA);
    await page.locator('#call').click();
    await expect(page.locator('#error')).toHaveText(`0 /api/profile`);
    await expect(page.locator('#user')).toHaveText(ADA);
    site.down = false;
    // Nothing has to be asked before: the calls go out with the cookie.
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
  });
});
