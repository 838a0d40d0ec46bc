import { expect, logInAtLast, survivesUntilLogout, test } from './back-end-test';

test.describe('Firebase', { tag: '@backends' }, () => {
  test('signs in, renews, survives a reload and logs out', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'firebase', url: await start('firebase') });
    await logInAtLast(demo, 'ada@example.test', 'latchkey-ada');
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    await expect(demo.part('roles')).toContainText('admin');
    await demo.part('refresh-now').click();
    await expect(demo.events('refreshed')).toHaveCount(1);
    await survivesUntilLogout(demo, 'Ada Lovelace');
  });

  test('goes on without an account, and renews that too', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'firebase', url: await start('firebase', '--token-life', '6') });
    await demo.open('/account');
    await demo.part('login-instead').click();
    await expect(demo.part('account-page')).toBeVisible();
    await expect(demo.part('claims')).toContainText('anonymous');
    await expect(demo.part('roles')).toHaveText(/none/);
    // Not within ten seconds of a token's receipt, unless somebody waits.
    await expect(demo.events('refreshed').first()).toBeVisible({ timeout: 20_000 });
    await expect(demo.part('status')).toHaveText('authenticated');
  });
});
