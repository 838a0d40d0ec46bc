import { keycloakHome } from '../../back-ends/heavy/keycloak/fetch-keycloak';
import {
  type KeycloakAdministration,
  keycloakAdministration,
} from '../../back-ends/heavy/keycloak/keycloak-administration';
import { type RunningKeycloak, startKeycloak } from '../../back-ends/heavy/keycloak/start-keycloak';
import { serveApi } from './issuers-api';
import { serveApplication } from './openid-application';
import { expect, fillIn, test as base } from './openid-test';
import { tokenReadingApi } from './token-reading-api';

/** The realms differ in one thing: `strict` takes a refresh token once, `demo` as often as it comes. */
export type Realm = 'strict' | 'demo';

/** What both realms call their second level. */
export const SECOND_FACTOR = 'urn:latchkey:second-factor';

/** Seconds that an access token lives: longer than a test, so that none is renewed by itself. */
const LIFESPAN = 300;

const withKeycloak = base.extend<object, { readonly running: RunningKeycloak | null }>({
  running: [
    async ({ playwright: _ }, use) => {
      // Only here: every run of any test reads this file.
      const home = keycloakHome();
      const keycloak = home === null ? null : await startKeycloak(home);
      await use(keycloak);
      await keycloak?.close();
    },
    { scope: 'worker', timeout: 340_000 },
  ],
});

/** A test with Keycloak's own pages in a browser; skipped where there is no Keycloak. */
export function keycloakTest(realm: Realm) {
  return withKeycloak.extend<{
    readonly keycloak: RunningKeycloak;
    readonly administration: KeycloakAdministration;
  }>({
    keycloak: async ({ running }, use) => {
      base.skip(running === null, 'There is no Keycloak.');
      if (running !== null) await use(running);
    },
    administration: ({ keycloak }, use) => use(keycloakAdministration(keycloak, realm)),
    open: async ({ keycloak: { address }, administration, built }, use) => {
      const running: (() => Promise<void>)[] = [];
      await use(async more => {
        const issuer = `${address}/realms/${realm}`;
        const { judge, expire } = tokenReadingApi({
          issuer,
          keys: `${issuer}/protocol/openid-connect/certs`,
          secondFactor: SECOND_FACTOR,
          acrClaim: 'acr',
        });
        const api = await serveApi(judge);
        running.push(api.stop);
        const application = await serveApplication(built, () => ({
          preset: 'keycloak',
          options: { url: address, realm, clientId: 'web', api: [api.url] },
          calls: `${api.url}/profile`,
          transfer: `${api.url}/transfer`,
          ...more,
        }));
        running.push(application.stop);
        const { url } = application;
        await administration.change({ accessTokenLifespan: LIFESPAN });
        await administration.changeClient('web', { redirectUris: [`${url}/*`], webOrigins: [url] });
        return {
          application,
          user: 'Ada Lovelace admin editor member',
          home: `${url}/goodbye`,
          async deny(page) {
            // Only where it asks for consent can a user say no.
            await administration.changeClient('web', { consentRequired: true });
            await fillIn(page);
            await page.locator('#kc-cancel').click();
            await expect(page).toHaveURL(new RegExp(`^${url}`));
            await administration.changeClient('web', { consentRequired: false });
          },
          expire,
        };
      });
      for (const stop of running.reverse()) await stop();
    },
  });
}
