import { CLIENT_ID, type Issuer, type ShapeName, startIssuer } from '../../back-ends/oidc/start-issuer';
import { serveApi, whoeverIsKnownAt } from './issuers-api';
import { serveApplication } from './openid-application';
import type { OpenIdSettings } from './openid-settings';
import { type OpenIdTest, test as base } from './openid-test';
import { tellSessionStory } from './session-story';
import { tellWayBackStory } from './way-back-story';

interface Vendor {
  readonly shape: Exclude<ShapeName, 'generic'>;
  readonly options: (issuer: Issuer) => OpenIdSettings['options'];
  /** Where the user comes back to after a logout: to the asked URL where the server brings the state back. */
  readonly home: string;
}

/**
 * None of them is told of DPoP and step-up here. Keycloak has both, and the real one is told of them. Auth0 has both, but the server in its shape
 * has not. Cognito has neither: it knows no proofs, no `acr_values` and no `max_age`.
 */
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
  test.describe(`OpenID Connect in the shape of ${vendor.shape}`, { tag: '@openid' }, () => {
    tellSessionStory(test);
    tellWayBackStory(test);
  });
}

function withVendor({ shape, options, home }: Vendor): OpenIdTest {
  return base.extend({
    open: async ({ built }, use) => {
      const running: (() => Promise<void>)[] = [];
      await use(async () => {
        const started: Issuer[] = [];
        const application = await serveApplication(built, async url => {
          const issuer = await startIssuer(shape, `${url}/`);
          const api = await serveApi(whoeverIsKnownAt(issuer.api));
          started.push(issuer);
          running.push(api.stop, issuer.close);
          return {
            preset: shape,
            options: { ...options(issuer), clientId: CLIENT_ID, api: [api.url] },
            calls: `${api.url}/profile`,
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
            for (const { clock } of started) clock.offset += 301;
          },
        };
      });
      for (const stop of running.reverse()) await stop();
    },
  });
}
