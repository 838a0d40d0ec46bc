import { test } from './openid-test';
import { tellSessionStory } from './session-story';
import { CODE_PAGE, tellDpopStory, tellMaxAgeStory, tellStepUpStory } from './strong-story';
import { tellWayBackStory } from './way-back-story';

test.describe('OpenID Connect with the dev auth server', { tag: '@openid' }, () => {
  tellSessionStory(test);
  tellWayBackStory(test);
  tellDpopStory(test, { nonces: true });
  tellStepUpStory(test, { ...CODE_PAGE, acr: 'urn:latchkey:second-factor' });
  tellMaxAgeStory(test, { acr: 'urn:latchkey:second-factor', onOnePage: false });
});
