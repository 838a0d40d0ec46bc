import { expect, logInAtLast, survivesUntilLogout, test } from './back-end-test';

test.describe('Space Cloud', { tag: '@backends' }, () => {
  test('signs in, reads a collection, survives a reload and logs out', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'space-cloud', url: await start('space-cloud') });
    await logInAtLast(demo, 'ada@example.test', 'secret');
    await expect(demo.part('user-name')).toHaveText('Ada');
    await expect(demo.part('roles')).toContainText('editor');
    await expect(demo.part('profile-answer')).toContainText('u-ada');
    await expect(demo.part('refresh-now')).toBeHidden();
    await survivesUntilLogout(demo, 'Ada');
  });

  test('a session ends with its token', async ({ start, switchTo }) => {
    const demo = switchTo({
      'back-end': 'space-cloud',
      url: await start('space-cloud', '--token-life', '5'),
    });
    await demo.open('/account');
    await demo.logIn('ada@example.test', 'secret');
    await expect(demo.part('user-name')).toHaveText('Ada');
    await expect(demo.part('token-countdown')).toHaveText('0:00');
    await demo.part('profile-again').click();
    await expect(demo.part('login-notice')).toContainText('expired');
    await expect(demo.page).toHaveURL(/\/login\?returnUrl=%2Faccount$/);
  });
});
