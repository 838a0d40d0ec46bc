import { type Fault, addFault, expireTokens, revokeSessions } from '../support/auth-server-admin';
import { endOfLog } from '../support/request-log';
import { expect, refreshesSince, test } from './demo-test';

const TROUBLE: Readonly<Record<string, Omit<Fault, 'on'>>> = {
  'with 500': { kind: 'status', status: 500 },
  'with 429 and Retry-After': { kind: 'status', status: 429, retryAfter: 1 },
  'by a captive portal': { kind: 'html' },
  'with a redirect': { kind: 'redirect' },
  'by nothing: the connection is cut after the work': { kind: 'drop' },
  'by nothing: it is accepted, and that is all': { kind: 'hang' },
};
/** Milliseconds until the library gives up waiting for an answer, and some more. */
const NO_ANSWER = 20_000;
/** Two failures are at least ten seconds apart. */
const NEXT_TRY = 20_000;

test.describe('server trouble', { tag: '@demo' }, () => {
  test.beforeEach(async ({ demo }) => {
    await demo.open('/account');
    await demo.logIn('ada');
    await expect(demo.part('account-page')).toBeVisible();
    await expect(demo.part('profile-answer')).toContainText('ada');
  });

  for (const [answered, fault] of Object.entries(TROUBLE)) {
    test(`a refresh answered ${answered} keeps the user, and recovers`, async ({ demo, server }) => {
      const begin = await endOfLog(server);
      await addFault(server, { ...fault, on: 'refresh' });
      await expireTokens(server);
      await demo.part('profile-again').click();

      await expect(demo.events('refresh-failed')).toHaveCount(1, { timeout: NO_ANSWER });
      await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
      await expect(demo.events('refreshed')).toHaveCount(1, { timeout: NEXT_TRY });
      await expect(demo.part('phase')).toHaveText('fresh');
      expect(await refreshesSince(server, begin)).toBe(2);
      await demo.part('profile-again').click();
      await expect(demo.part('profile-answer')).toContainText('ada');
      await demo.page.reload();
      await expect(demo.part('account-page')).toBeVisible();
      await expect(demo.events('ended')).toHaveCount(0);
    });
  }

  test('a refused refresh logs out once, with a way back', async ({ demo, server, site }) => {
    const begin = await endOfLog(server);
    await demo.part('nav-burst').click();
    await expect(demo.part('burst-start')).toBeVisible();
    await revokeSessions(server);
    await demo.part('burst-start').click();

    await expect(demo.page).toHaveURL(`${site.url}/login?returnUrl=%2Fburst`);
    await expect(demo.part('login-notice')).toContainText('over');
    await expect(demo.events('ended')).toHaveCount(1);
    await expect(demo.events('ended')).toHaveAttribute('data-count', '1');
    expect(await refreshesSince(server, begin)).toBe(1);
  });

  test('a stopped server is said at the login, and nobody who is in is thrown out', async ({
    demo,
    authServer,
  }) => {
    await authServer.stop();
    await demo.page.reload();
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    await demo.part('logout').click();
    await expect(demo.page).toHaveURL(/\/login/);
    await demo.logIn('ada');
    await expect(demo.part('login-error')).toContainText(/cannot be reached/);
    await authServer.start();
    await demo.part('login-submit').click();
    await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
  });
});
