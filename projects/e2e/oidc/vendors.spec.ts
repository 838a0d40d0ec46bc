import {
  CLIENT_ID,
  type Issuer,
  SHAPES,
  type ShapeName,
  startIssuer,
} from '../../back-ends/oidc/start-issuer';
import { serveApi, whoeverIsKnownAt } from './issuers-api';
import { serveApplication } from './openid-application';
import type { OpenIdSettings } from './openid-settings';
import { type OpenIdTest, test as base } from './openid-test';
import { tellSessionStory } from './session-story';
import { CODE_PAGE, tellDpopStory, tellMaxAgeStory, tellStepUpStory } from './strong-story';
import { tokenReadingApi } from './token-reading-api';
import { tellWayBackStory } from './way-back-story';

interface Vendor {
  readonly shape: Exclude<ShapeName, 'generic'>;
  readonly options: (issuer: Issuer) => OpenIdSettings['options'];
  /** Where the user comes back to after a logout: to the asked URL where the server brings the state back. */
  readonly home: string;
}

const VENDORS: readonly Vendor[] = [
  {
    shape: 'keycloak',
    options: ({ address }) => ({ url: address, realm: 'demo' }),
    home: '/goodbye',
  },
  {
    shape: 'auth0',
    options: ({ address }) => ({
      domain: address,
      audience: 'https://api.example.com/',
      roles: ['https://shop.example.com/roles'],
    }),
    home: '/',
  },
  {
    shape: 'cognito',
    options: ({ address, issuer }) => ({
      domain: address,
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_Demo',
      issuer,
    }),
    home: '/',
  },
];

for (const vendor of VENDORS) {
  const test = withVendor(vendor);
  const { strong } = SHAPES[vendor.shape];
  test.describe(`OpenID Connect in the shape of ${vendor.shape}`, { tag: '@openid' }, () => {
    tellSessionStory(test);
    tellWayBackStory(test);
    // Cognito has neither: it knows no proofs, no `acr_values` and no `max_age`.
    if (strong === undefined) return;
    tellDpopStory(test, strong);
    tellStepUpStory(test, { ...CODE_PAGE, acr: strong.secondFactor });
    tellMaxAgeStory(test, { acr: strong.secondFactor, onOnePage: true });
  });
}

function withVendor({ shape, options, home }: Vendor): OpenIdTest {
  return base.extend({
    open: async ({ built }, use) => {
      const running: (() => Promise<void>)[] = [];
      await use(async more => {
        const expiring: (() => void | Promise<void>)[] = [];
        const passing: (() => void)[] = [];
        const application = await serveApplication(built, async url => {
          const issuer = await startIssuer(shape, `${url}/`);
          const { strong } = SHAPES[shape];
          const reading = more && strong && tokenReadingApi({ ...issuer, ...strong });
          const api = await serveApi(reading?.judge ?? whoeverIsKnownAt(issuer.api));
          const pass = (seconds: number) => (): void => {
            issuer.clock.offset += seconds;
          };
          passing.push(pass(360));
          expiring.push(reading?.expire ?? pass(301));
          running.push(api.stop, issuer.close);
          return {
            preset: shape,
            options: { ...options(issuer), clientId: CLIENT_ID, api: [api.url] },
            calls: `${api.url}/profile`,
            transfer: `${api.url}/transfer`,
            ...more,
          };
        });
        running.push(application.stop);
        return {
          application,
          user: 'Ada Lovelace admin shop:edit',
          home: application.url + home,
          deny: async page => {
            await page.locator('[name=username]').fill('ada');
            await page.locator('[name=password]').fill('a wrong password');
            await page.getByRole('button', { name: 'Sign in' }).click();
          },
          expire: async () => {
            for (const expire of expiring) await expire();
          },
          later: async () => {
            for (const pass of [...passing, ...expiring]) await pass();
          },
        };
      });
      for (const stop of running.reverse()) await stop();
    },
  });
}
