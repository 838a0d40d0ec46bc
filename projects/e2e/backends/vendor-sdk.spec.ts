import { expect, survivesUntilLogout, test } from './back-end-test';

const VENDORS = [
  { title: 'Clerk', name: 'clerk', roles: ['org:admin', 'org:invoices:create'] },
  { title: 'the Firebase SDK', name: 'firebase-sdk', roles: ['editor'] },
] as const;

test.describe('the SDK of a vendor', { tag: '@backends' }, () => {
  for (const { title, name, roles } of VENDORS) {
    test(`takes the session over from ${title}, whose own screen signs in`, async ({ switchTo }) => {
      const demo = switchTo({ 'back-end': name });
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
      for (const role of roles) await expect(demo.part('roles')).toContainText(role);
      await demo.part('refresh-now').click();
      await expect(demo.events('refreshed')).toHaveCount(1);
      await survivesUntilLogout(demo, 'Ada Lovelace');
    });
  }
});
