import { expect, survivesUntilLogout, test } from './back-end-test';

test.describe('Clerk', { tag: '@backends' }, () => {
  test('takes the session over from the SDK, whose own screen signs in', async ({ switchTo }) => {
    const demo = switchTo({ 'back-end': 'clerk' });
    await demo.open('/account');
    await expect(demo.page).toHaveURL(/\/login\?returnUrl=%2Faccount$/);
    await demo.part('login-vendor').click();
    await demo.part('vendor-password').fill('a wrong password');
    await demo.part('vendor-submit').click();
    await expect(demo.part('vendor-error')).toContainText('password is wrong');
    await demo.part('vendor-password').fill('latchkey-ada');
    await demo.part('vendor-submit').click();
    await expect(demo.page).toHaveURL(/\/account$/);
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    await expect(demo.part('roles')).toContainText('org:admin');
    await expect(demo.part('roles')).toContainText('org:invoices:create');
    await demo.part('refresh-now').click();
    await expect(demo.events('refreshed')).toHaveCount(1);
    await survivesUntilLogout(demo, 'Ada Lovelace');
  });
});
