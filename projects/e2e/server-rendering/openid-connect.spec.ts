import { endOfLog, requestsSince } from '../support/request-log';
import { BUILDING, expect, test, witness } from './rendered-test';
import { oidcSession } from './session-source';

test.describe('oidc() in an application that is rendered on a server', { tag: '@server-rendering' }, () => {
  test.describe.configure({ mode: 'default' });

  test('asks a reachable issuer nothing until the user signs in', async ({ page, workspace, authServer }) => {
    test.setTimeout(BUILDING);
    const before = await endOfLog(authServer.url);
    const built = await workspace.build(oidcSession(authServer.url), 'production');
    expect(await built.prerendered()).toContain('<h1>For everybody</h1>');
    const site = await built.serve();
    for (const returnUrl of ['%2Faccount', '%2Faccount%3Ftab%3D1']) {
      const response = await fetch(site.url + decodeURIComponent(returnUrl), { redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([
        302,
        `/login?returnUrl=${returnUrl}`,
      ]);
    }
    expect(await requestsSince(authServer.url, before)).toEqual([]);

    const said = await witness(page);
    await page.goto(`${site.url}/account`);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.fill('[name=username]', 'ada');
    await page.fill('[name=password]', 'latchkey-ada');
    await page.locator('[type=submit]').click();
    await expect(page).toHaveURL(`${site.url}/account`);
    await expect(page.getByTestId('guarded')).toHaveText('For Ada Lovelace alone');
    for (const path of ['/', '/notes', '/account']) {
      await page.goto(site.url + path);
      await expect(page.getByTestId('user')).toHaveText('Ada Lovelace');
      await expect(page).toHaveURL(site.url + path);
      expect(await said.seen()).not.toContain('login');
    }
    expect(said.console).toEqual([]);
    expect(await site.stop()).toEqual({ connections: 0, timers: 0, held: false });
  });

  test('builds and renders while the issuer cannot be reached, and says so at the sign-in', async ({
    page,
    workspace,
  }) => {
    test.setTimeout(BUILDING);
    // Port 9 discards what it gets, where anybody listens at all.
    const built = await workspace.build(oidcSession('http://localhost:9'), 'production');
    const site = await built.serve();
    for (const _ of [1, 2]) {
      expect(await (await fetch(site.url)).text()).toContain('<h1>For everybody</h1>');
      expect((await fetch(`${site.url}/account`, { redirect: 'manual' })).status).toBe(302);
      expect((await fetch(`${site.url}/notes`, { redirect: 'manual' })).status).toBe(200);
    }
    await page.goto(`${site.url}/notes`);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('alert')).toContainText('unreachable');
    expect(await site.stop()).toEqual({ connections: 0, timers: 0, held: false });
  });
});
