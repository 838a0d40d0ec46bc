import { expect, test as base } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keycloakHome } from '../../back-ends/heavy/keycloak/fetch-keycloak';
import {
  type KeycloakAdministration,
  keycloakAdministration,
} from '../../back-ends/heavy/keycloak/keycloak-administration';
import { startKeycloak } from '../../back-ends/heavy/keycloak/start-keycloak';
import { type StaticSite, serveStatic } from '../support/static-site';
import { buildPage } from './build-page';

interface Running {
  /** A page with the library, of another site than Keycloak's. */
  readonly site: StaticSite;
  readonly administration: KeycloakAdministration;
}

/** A test with Keycloak's own pages in a browser; skipped where there is no Keycloak. */
export const test = base.extend<Running, { readonly running: Running | null }>({
  running: [
    async ({ playwright: _ }, use) => {
      // Only here: every run of any test reads this file.
      const home = keycloakHome();
      if (home === null) {
        await use(null);
        return;
      }
      const keycloak = await startKeycloak(home);
      const folder = mkdtempSync(join(tmpdir(), 'keycloak-page-'));
      await buildPage('keycloak-page', folder, { KEYCLOAK: keycloak.address });
      const site = await serveStatic(folder);
      const administration = keycloakAdministration(keycloak, 'strict');
      const client = { redirectUris: [`${site.url}/*`], webOrigins: [site.url] };
      await administration.changeClient('web', client);
      await use({ site, administration });
      await site.stop();
      await keycloak.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  site: ({ running }, use) => use(present(running).site),
  administration: ({ running }, use) => use(present(running).administration),
});

function present(running: Running | null): Running {
  test.skip(running === null, 'There is no Keycloak.');
  if (running === null) throw new Error('There is no Keycloak.');
  return running;
}

export { expect };
