import { expect, logInAtLast, survivesUntilLogout, test } from './back-end-test';

test.describe('Feathers', { tag: '@backends' }, () => {
  test('signs in, calls a service, survives a reload and logs out', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'feathers', url: await start('feathers') });
    await logInAtLast(demo, 'ada@x.io', 'secret');
    await expect(demo.part('user-name')).toHaveText('Ada');
    await expect(demo.part('roles')).toContainText('admin');
    await expect(demo.part('profile-answer')).toContainText('bob@x.io');
    await expect(demo.part('refresh-now')).toBeHidden();
    await survivesUntilLogout(demo, 'Ada');
  });

  test('a session ends with its token, and the login page says why', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'feathers', url: await start('feathers', '--token-life', '5') });
    await demo.open('/account');
    await demo.logIn('bob@x.io', 'secret');
    await expect(demo.part('user-name')).toHaveText('Bob');
    await expect(demo.part('token-countdown')).toHaveText('0:00');
    await demo.part('profile-again').click();
    await expect(demo.part('login-notice')).toContainText('expired');
    await expect(demo.page).toHaveURL(/\/login\?returnUrl=%2Faccount$/);
  });

  test('a locked account is told so', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'feathers', url: await start('feathers') });
    await demo.open('/login');
    await demo.part('fill-locked@x.io').click();
    await demo.part('login-submit').click();
    await expect(demo.part('login-error')).toContainText('may not sign in');
  });

  test('signs in by OAuth, with the way back and a clean address', async ({ site, start, switchTo }) => {
    const url = await start('feathers', '--application', site.url);
    const demo = switchTo({ 'back-end': 'feathers', url });
    await demo.open('/account');
    await demo.part('login-instead').click();
    await demo.page.locator('[name=login]').fill('ada');
    await demo.page.locator('[name=password]').fill('any');
    await demo.page.getByRole('button', { name: 'Sign-in' }).click();
    await demo.page.getByRole('button', { name: 'Continue' }).click();
    await expect(demo.page).toHaveURL(`${site.url}/account`);
    await expect(demo.part('status')).toHaveText('authenticated');
    await expect(demo.part('profile-answer')).toContainText('openidId');
    await demo.page.reload();
    await expect(demo.part('status')).toHaveText('authenticated');
  });
});
