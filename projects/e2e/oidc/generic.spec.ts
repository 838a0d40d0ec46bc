import { test } from './openid-test';
import { tellSessionStory } from './session-story';
import { tellDpopStory, tellStepUpStory } from './strong-story';
import { tellWayBackStory } from './way-back-story';

test.describe('OpenID Connect with the dev auth server', { tag: '@openid' }, () => {
  tellSessionStory(test);
  tellWayBackStory(test);
  tellDpopStory(test, { nonces: true });
  tellStepUpStory(test, {
    acr: 'urn:latchkey:second-factor',
    field: '[name=code]',
    give: async window => {
      await window.locator('[name=code]').fill('000000');
      await window.getByRole('button', { name: 'Confirm' }).click();
    },
  });
});
