import { expect, test } from './back-end-test';

test.describe('the choice of a back end', { tag: '@backends' }, () => {
  test('is made on a page, kept over a reload and taken back', async ({ server, switchTo }) => {
    // Nobody has to be there until somebody signs in.
    const url = 'http://127.0.0.1:3999';
    const demo = switchTo({ server });
    await demo.open('/back-ends');
    await expect(demo.part('back-end-jwt-server').getByTestId('in-use')).toBeVisible();
    await demo.part('feathers-url').fill('https://elsewhere.example');
    await demo.part('use-feathers').click();
    await expect(demo.part('back-end-feathers').getByRole('alert')).toContainText('of this machine');
    await demo.part('feathers-url').fill(url);
    await demo.part('use-feathers').click();
    await expect(demo.page).toHaveURL(/\/login$/);
    await expect(demo.part('login-back-end')).toContainText('Feathers');
    await demo.page.reload();
    await expect(demo.part('login-back-end')).toContainText('Feathers');
    await expect(demo.part('nav-faults')).toBeHidden();
    await demo.part('nav-back-ends').click();
    await expect(demo.part('feathers-url')).toHaveValue(url);
    await demo.part('use-jwt-server').click();
    await expect(demo.part('login-back-end')).toContainText('JWT server');
    await expect(demo.part('nav-faults')).toBeVisible();
  });

  test('pages of the dev auth server say that they are for it alone', async ({ switchTo }) => {
    const demo = switchTo({ 'back-end': 'clerk' });
    for (const path of ['/faults', '/burst', '/reports', '/admin', '/register']) {
      await demo.open(path);
      await expect(demo.part('dev-server-page')).toContainText('Clerk');
    }
  });

  test('nobody downloads the adapter of another back end', async ({ page, server, start, site }) => {
    const scripts = new Set<string>();
    page.on('request', request => {
      if (request.url().endsWith('.js')) scripts.add(request.url());
    });
    // Asked for again: a page that goes away takes its answers along.
    const loaded = async (): Promise<string> => {
      const texts = [...scripts].map(async url => (await fetch(url)).text());
      return (await Promise.all(texts)).join('');
    };
    // A word of its wire that stands nowhere else.
    const adapters = { firebase: 'identitytoolkit', cognito: 'AWSCognito', 'eight-base': 'userRefreshToken' };
    await page.goto(`${site.url}/login?server=${server}`);
    await expect(page.getByTestId('login-form')).toBeVisible();
    const first = await loaded();
    expect(first).toContain('login-form');
    for (const word of Object.values(adapters)) expect(first).not.toContain(word);
    const url = await start('firebase');
    await page.goto(`${site.url}/login?back-end=firebase&url=${url}`);
    await expect(page.getByTestId('login-instead')).toBeVisible();
    await expect.poll(loaded).toContain(adapters.firebase);
    expect(await loaded()).not.toContain(adapters.cognito);
  });

  test('the page fits a telephone', async ({ page, switchTo }) => {
    const demo = switchTo({ 'back-end': 'clerk' });
    await page.setViewportSize({ width: 360, height: 740 });
    await demo.open('/back-ends');
    await expect(demo.part('use-oidc')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test('an address on another machine is not taken from a link', async ({ switchTo }) => {
    const demo = switchTo({ 'back-end': 'firebase', url: 'https://elsewhere.example' });
    const asked: string[] = [];
    demo.page.on('request', request => asked.push(request.url()));
    await demo.open('/');
    await expect(demo.page.getByRole('alert')).toContainText('on this machine only');
    await demo.open('/login');
    await demo.logIn('ada@example.test', 'secret');
    await expect(demo.part('login-error')).toBeVisible();
    expect(asked.filter(url => url.startsWith('https://elsewhere.example'))).toEqual([]);
  });
});
