import { expect, logInAtLast, survivesUntilLogout, test } from './back-end-test';

const PASSWORD = 'Correct-horse-1';

test.describe('Cognito', { tag: '@backends' }, () => {
  test('signs in by SRP, renews, survives a reload and logs out', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'cognito', url: await start('cognito') });
    const sent: string[] = [];
    demo.page.on('request', request => sent.push(request.postData() ?? ''));
    await logInAtLast(demo, 'ada', PASSWORD);
    expect(sent.filter(body => body.includes('PASSWORD_CLAIM_SIGNATURE'))).toHaveLength(2);
    expect(sent.join('\n')).not.toContain(PASSWORD);
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    await expect(demo.part('roles')).toContainText('editors');
    await demo.part('refresh-now').click();
    await expect(demo.events('refreshed')).toHaveCount(1);
    await survivesUntilLogout(demo, 'Ada Lovelace');
  });

  test('asks for a new password', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'cognito', url: await start('cognito') });
    await demo.open('/account');
    await demo.logIn('nora', PASSWORD);
    await demo.part('challenge-answer').fill('short');
    await demo.part('challenge-name').fill('Nora Noether');
    await demo.part('challenge-submit').click();
    await expect(demo.part('login-error')).toContainText('policy');
    await demo.part('challenge-answer').fill('Another-horse-2');
    await demo.part('challenge-submit').click();
    await expect(demo.part('user-name')).toHaveText('Nora Noether');
    await expect(demo.page).toHaveURL(/\/account$/);
  });

  test('asks which second factor, and for its code', async ({ start, switchTo }) => {
    const demo = switchTo({ 'back-end': 'cognito', url: await start('cognito') });
    await demo.open('/account');
    await demo.logIn('bea', PASSWORD);
    await demo.part('choice-SMS_MFA').check();
    await demo.part('challenge-submit').click();
    await demo.part('challenge-answer').fill('000000');
    await demo.part('challenge-submit').click();
    await expect(demo.part('login-error')).toContainText('not the code');
    await demo.part('challenge-answer').fill('123456');
    await demo.part('challenge-submit').click();
    await expect(demo.part('user-name')).toHaveText('bea');
  });
});
