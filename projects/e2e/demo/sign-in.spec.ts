import { demoIn } from './demo';
import { expect, test } from './demo-test';

test.describe('signing in', { tag: '@demo' }, () => {
  test('a guarded page sends to the login page and back', async ({ demo, site }) => {
    await demo.open('/account?tab=notes#end');
    await expect(demo.page).toHaveURL(`${site.url}/login?returnUrl=%2Faccount%3Ftab%3Dnotes%23end`);
    await demo.logIn('ada');
    await expect(demo.page).toHaveURL(`${site.url}/account?tab=notes#end`);
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    await expect(demo.part('status')).toHaveText('authenticated');
  });

  test('a return URL to another site leads home', async ({ demo, site }) => {
    await demo.open('/login?returnUrl=https://evil.test/account');
    await demo.logIn('ada');
    await expect(demo.part('user-name')).toBeVisible();
    await expect(demo.page).toHaveURL(`${site.url}/`);
  });

  test('a wrong password is said and changes nothing', async ({ demo }) => {
    await demo.open('/login');
    await demo.logIn('ada', 'wrong password');
    await expect(demo.part('login-error')).toContainText(/password/);
    await expect(demo.part('status')).toHaveText('anonymous');
    await expect(demo.part('username')).toHaveValue('ada');
    await demo.logIn('ada');
    await expect(demo.part('user-name')).toBeVisible();
  });

  test('what is missing is said, and the first of it has the focus', async ({ demo }) => {
    await demo.open('/login');
    await demo.part('login-submit').click();
    await expect(demo.part('username')).toBeFocused();
    await demo.part('username').fill('ada');
    await demo.part('login-submit').click();
    await expect(demo.part('password')).toBeFocused();
    await expect(demo.part('password')).toHaveAccessibleDescription('Enter your password.');
  });

  test('a login page is not for somebody who is signed in', async ({ demo, site }) => {
    await demo.open('/login');
    await demo.logIn('ada');
    await expect(demo.part('user-name')).toBeVisible();
    await demo.open('/login');
    await expect(demo.page).toHaveURL(`${site.url}/`);
  });

  test('the admin page opens for ada and not for grace', async ({ demo, site }) => {
    await demo.open('/admin');
    await demo.logIn('grace');
    await expect(demo.page).toHaveURL(`${site.url}/forbidden`);
    await expect(demo.part('nav-admin')).toBeHidden();
    await demo.part('logout').click();
    await expect(demo.part('user-name')).toBeHidden();

    await demo.open('/admin');
    await demo.logIn('ada');
    await expect(demo.page).toHaveURL(`${site.url}/admin`);
    await expect(demo.part('admin-answer')).toContainText('Grace');
  });

  test('a new account is signed in at once, and a taken name is said', async ({ demo, server }) => {
    const register = async (username: string): Promise<void> => {
      await demo.part('register-name').fill('Mary Somerville');
      await demo.part('register-username').fill(username);
      await demo.part('register-password').fill('latchkey-mary');
      await demo.part('register-submit').click();
    };
    await demo.open('/register');
    await register('ada');
    await expect(demo.part('register-error')).toContainText(/taken/);
    await register('mary');
    await expect(demo.part('user-name')).toHaveText('Mary Somerville');
    const login = await fetch(`${server}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'mary', password: 'latchkey-mary' }),
    });
    expect(login.status).toBe(200);
  });

  test('a login and a logout reach the other tab', async ({ demo, context, site, server }) => {
    const other = demoIn(await context.newPage(), site.url, server);
    await other.open('/');
    await expect(other.part('status')).toHaveText('anonymous');
    await demo.open('/account');
    await demo.logIn('ada');
    await expect(other.part('user-name')).toHaveText('Ada Lovelace');
    await other.open('/account');
    await expect(other.part('account-page')).toBeVisible();
    await demo.part('logout').click();
    await expect(other.page).toHaveURL(/\/login/);
    await expect(other.part('status')).toHaveText('anonymous');
    await other.page.reload();
    await expect(other.part('status')).toHaveText('anonymous');
  });
});
