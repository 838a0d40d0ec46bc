import { expireTokens } from '../support/auth-server-admin';
import { demoIn } from './demo';
import { expect, test } from './demo-test';
import { readableByScript } from './readable-by-script';

test.describe('secrets', { tag: '@demo' }, () => {
  test('the token is in no console, no URL and no web storage', async ({ demo, server, traffic }) => {
    await demo.open('/account');
    await demo.logIn('ada');
    await expect(demo.part('profile-answer')).toContainText('ada');
    await expireTokens(server);
    await demo.part('profile-again').click();
    await expect(demo.events('refreshed')).toHaveCount(1);
    await expect.poll(() => traffic.tokens.length).toBe(2);

    const { webStorage, indexedDb } = await readableByScript(demo.page);
    // The console and every URL are looked through after each test of the demo.
    for (const token of traffic.tokens) expect(webStorage).not.toContain(token);
    expect(indexedDb).toContain(traffic.tokens.at(-1));
  });

  test('a refresh token in a cookie is not readable by script, and the session survives a reload', async ({
    context,
    page,
    site,
    server,
  }) => {
    const demo = demoIn(page, site.url, server, 'cookie');
    const refreshCookie = async (): Promise<string> => {
      const cookies = await context.cookies(`${server}/cookie/auth/refresh`);
      const cookie = cookies.find(({ name }) => name === 'latchkey_refresh');
      expect(cookie?.httpOnly).toBe(true);
      return cookie?.value ?? '';
    };
    await demo.open('/account');
    await demo.logIn('ada');
    await expect(demo.part('profile-answer')).toContainText('ada');
    const first = await refreshCookie();
    await demo.page.reload();
    await expect(demo.part('account-page')).toBeVisible();
    await expireTokens(server);
    await demo.part('profile-again').click();
    await expect(demo.events('refreshed')).toHaveCount(1);

    const second = await refreshCookie();
    expect(second).not.toBe(first);
    const everything = Object.values(await readableByScript(demo.page)).join('\n');
    expect(everything).toContain('ada');
    for (const secret of [first, second]) expect(everything).not.toContain(secret);
    await demo.part('logout').click();
    await expect(demo.page).toHaveURL(/\/login/);
    await expect.poll(async () => (await context.cookies(`${server}/cookie/auth/refresh`)).length).toBe(0);
  });
});
