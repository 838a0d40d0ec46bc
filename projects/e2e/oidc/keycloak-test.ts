import { expect, test as base } from '@playwright/test';
import { build } from 'esbuild';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keycloakHome } from '../../back-ends/heavy/keycloak/fetch-keycloak';
import {
  type KeycloakAdministration,
  keycloakAdministration,
} from '../../back-ends/heavy/keycloak/keycloak-administration';
import { startKeycloak } from '../../back-ends/heavy/keycloak/start-keycloak';
import { inProject } from '../support/project-root';
import { type StaticSite, serveStatic } from '../support/static-site';

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
      await buildPage(folder, keycloak.address);
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

async function buildPage(folder: string, keycloak: string): Promise<void> {
  await build({
    entryPoints: [inProject('projects/e2e/oidc/keycloak-page.ts')],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: inProject('tsconfig.json'),
    define: { KEYCLOAK: JSON.stringify(keycloak) },
    logLevel: 'warning',
  });
  copyFileSync(inProject('projects/e2e/oidc/keycloak-page.html'), join(folder, 'index.html'));
}
