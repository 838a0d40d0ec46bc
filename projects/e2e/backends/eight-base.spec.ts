import { expect, logInAtLast, survivesUntilLogout, test } from './back-end-test';

test.describe('8base', { tag: '@backends' }, () => {
  test('signs in, asks by GraphQL, survives a reload and logs out', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'eight-base', url: await start('eight-base') });
    await logInAtLast(demo, 'ada@example.test', 'correct horse');
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    await expect(demo.part('roles')).toContainText('Editor');
    await expect(demo.part('roles')).toContainText('data.Posts.read');
    await expect(demo.part('profile-answer')).toContainText('Lovelace');
    await demo.part('refresh-now').click();
    await expect(demo.events('refreshed')).toHaveCount(1);
    await survivesUntilLogout(demo, 'Ada Lovelace');
  });

  test('a token that runs out is renewed', async ({ start, switchTo }) => {
    const demo = switchTo({
      'back-end': 'eight-base',
      url: await start('eight-base', '--token-life', '6'),
    });
    await demo.open('/account');
    await demo.logIn('ada@example.test', 'correct horse');
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    await expect(demo.part('token-countdown')).toHaveText('0:00');
    await demo.part('profile-again').click();
    await expect(demo.events('refreshed').first()).toBeVisible();
    await expect(demo.part('profile-answer')).toContainText('Lovelace');
  });

  test('who signs in for the first time gets a row, and who has not confirmed is told', async ({
    start,
    switchTo,
  }) => {
    const demo = switchTo({ 'back-end': 'eight-base', url: await start('eight-base') });
    await demo.open('/account');
    await demo.logIn('eve@example.test', 'correct horse');
    await expect(demo.part('login-error')).toContainText('confirmed');
    await demo.logIn('grace@example.test', 'correct horse');
    await expect(demo.part('roles')).toContainText('Guest');
  });
});
