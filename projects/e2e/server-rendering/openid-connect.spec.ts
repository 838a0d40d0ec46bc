import { endOfLog, requestsSince } from '../support/request-log';
import type { RenderedSite } from './rendered-site';
import { BUILDING, expect, test, witness } from './rendered-test';
import type { BuiltApplication } from './rendered-workspace';
import { oidcSession } from './session-source';

const ISSUERS = {
  reachable: (server: string) => server,
  // Port 9 discards what it gets, where anybody listens at all.
  'not reachable': () => 'http://localhost:9',
} as const;

for (const [how, issuerAt] of Object.entries(ISSUERS)) {
  test.describe(`oidc() rendered on a server, issuer ${how}`, { tag: '@server-rendering' }, () => {
    test.describe.configure({ mode: 'serial' });
    let built: BuiltApplication;
    let site: RenderedSite;
    let stop: () => Promise<unknown> = async () => undefined;
    let before: number;

    test.beforeAll(async ({ workspace, authServer }) => {
      test.setTimeout(BUILDING);
      before = await endOfLog(authServer.url);
      built = await workspace.build(oidcSession(issuerAt(authServer.url)), 'production');
      site = await built.serve();
      stop = site.stop;
    });

    test.afterAll(() => stop());

    test('prerenders and renders, again and again, and asks the issuer nothing', async ({ authServer }) => {
      expect(await built.prerendered()).toContain('<h1>For everybody</h1>');
      const process = await built.serve();
      for (const tab of [1, 2]) {
        expect(await (await fetch(process.url)).text()).toContain('<h1>For everybody</h1>');
        const onServer = await fetch(`${process.url}/account?tab=${tab}`, { redirect: 'manual' });
        expect(onServer.status).toBe(302);
        expect(onServer.headers.get('location')).toBe(`/login?returnUrl=%2Faccount%3Ftab%3D${tab}`);
        const inBrowser = await fetch(`${process.url}/notes`, { redirect: 'manual' });
        expect([inBrowser.status, await inBrowser.text()]).toEqual([
          200,
          expect.not.stringContaining('alone'),
        ]);
      }
      expect(await process.stop()).toEqual({ connections: 0, timers: 0, held: false });
      expect(await requestsSince(authServer.url, before)).toEqual([]);
    });

    if (how === 'reachable') {
      test('a sign-in leads back to the guarded page, and a reload keeps it', async ({ page }) => {
        const said = await witness(page);
        await page.goto(`${site.url}/account`);
        await page.getByRole('button', { name: 'Log in' }).click();
        await page.fill('[name=username]', 'ada');
        await page.fill('[name=password]', 'latchkey-ada');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await expect(page).toHaveURL(`${site.url}/account`);
        await expect(page.getByTestId('guarded')).toHaveText('For Ada Lovelace alone');
        for (const path of ['/', '/notes', '/reports', '/account']) {
          await page.goto(site.url + path);
          await expect(page.getByTestId('user')).toHaveText('Ada Lovelace');
          await expect(page).toHaveURL(site.url + path);
          expect(await said.seen()).not.toContain('login');
        }
        expect(said.console).toEqual([]);
      });
    } else {
      test('a sign-in says that nobody answers', async ({ page }) => {
        await page.goto(`${site.url}/notes`);
        await page.getByRole('button', { name: 'Log in' }).click();
        await expect(page.getByRole('alert')).toContainText('unreachable');
      });
    }
  });
}
