import { oneTimeCode } from '../support/one-time-code';
import { type Realm, SECOND_FACTOR, keycloakTest } from './keycloak-test';
import { expect, fillIn, logIn, test as everyTest } from './openid-test';
import { tellSessionStory } from './session-story';
import { tellDpopStory, tellStepUpStory } from './strong-story';
import { tellWayBackStory } from './way-back-story';

const REALMS: readonly (readonly [Realm, string])[] = [
  ['strict', 'that revokes refresh tokens'],
  ['demo', 'that takes refresh tokens again'],
];

// One Keycloak for all of them, which they change the settings of.
everyTest.describe.configure({ mode: 'default' });

for (const [realm, manner] of REALMS) {
  const test = keycloakTest(realm);
  test.describe(`Keycloak ${manner}`, { tag: '@keycloak' }, () => {
    tellSessionStory(test);
    tellWayBackStory(test);
    // Its token endpoint knows no nonces; the API's are its own.
    tellDpopStory(test, { nonces: false });
    tellStepUpStory(test, {
      acr: SECOND_FACTOR,
      field: '[name=otp]',
      give: async window => {
        await window.locator('[name=otp]').fill(oneTimeCode('latchkey-ada-seconds'));
        await window.locator('#kc-login').click();
      },
    });

    test('says interaction-required where the user has something to do first', async ({
      page,
      open,
      administration,
    }) => {
      const { application, user } = await open();
      await logIn(page, application);
      await administration.changeUser('ada', { requiredActions: ['UPDATE_PROFILE'] });
      try {
        await page.locator('#log-in-silently').click();
        await expect(page.locator('#sign-in-error')).toHaveText('interaction-required');
        // It was no logout.
        await expect(page.locator('#user')).toHaveText(user);
      } finally {
        await administration.changeUser('ada', { requiredActions: [] });
      }
    });

    test('says token-request-refused where proofs are dated by a clock that is wrong', async ({
      page,
      open,
    }) => {
      const { application } = await open({ dpop: true });
      await page.clock.install({ time: Date.now() + 120_000 });
      await page.goto(application.url);
      await page.locator('#log-in').click();
      const answer = page.waitForResponse(/\/token$/);
      await fillIn(page);
      // It calls it `invalid_request`, not `invalid_dpop_proof`.
      expect(await (await answer).json()).toMatchObject({ error: 'invalid_request' });
      await expect(page.locator('#sign-in-error')).toHaveText('token-request-refused');
      await expect(page.locator('#status')).toHaveText('anonymous');
    });

    test('says unreachable where the client does not name the origin', async ({
      page,
      open,
      administration,
    }) => {
      const { application } = await open();
      await administration.changeClient('web', { webOrigins: ['https://other.test'] });
      await page.goto(application.url);
      await page.locator('#log-in').click();
      await fillIn(page);
      await expect(page.locator('#sign-in-error')).toHaveText('unreachable');
      await expect(page.locator('#status')).toHaveText('anonymous');
    });
  });
}
