import { expireTokens } from '../support/auth-server-admin';
import { expect, logInAtLast, survivesUntilLogout, test } from './back-end-test';

test.describe('Averos', { tag: '@backends' }, () => {
  test('signs in, renews by cookie, survives a reload and logs out', async ({ server, switchTo }) => {
    const demo = switchTo({ 'back-end': 'averos', url: `${server}/averos` });
    await logInAtLast(demo, 'ada', 'latchkey-ada');
    await expect(demo.part('user-name')).toHaveText('Ada');
    await expect(demo.part('roles')).toContainText('admin');
    await expect(demo.part('profile-answer')).toContainText('reports:write');
    await expireTokens(server);
    await demo.part('profile-again').click();
    await expect(demo.events('refreshed')).toHaveCount(1);
    await expect(demo.part('profile-answer')).toContainText('reports:write');
    await survivesUntilLogout(demo, 'Ada');
  });
});
