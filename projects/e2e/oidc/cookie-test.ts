import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SiteWithServer, serveWithServer } from '../support/site-with-server';
import type { OpenIdSettings } from './openid-settings';
import { test as base } from './openid-test';

/** What the dev auth server has of the application's origin: the session, the APIs, and the issuer with its login page. */
const OF_THE_SERVER = /^\/(bff|api|oidc)\//;

const SETTINGS: OpenIdSettings = {
  preset: 'cookieSession',
  options: { api: ['/api'] },
  calls: '/api/profile',
};

/** The application and its server at one origin. */
export async function cookieApplication(built: string, server: string): Promise<SiteWithServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cookie-application-'));
  cpSync(built, folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(SETTINGS));
  const site = await serveWithServer(folder, server, path => OF_THE_SERVER.test(path));
  const { stop } = site;
  site.stop = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return site;
}

/** A test of the application with a session in a cookie, which its own server keeps. */
export const test = base.extend<{ readonly site: SiteWithServer }>({
  site: async ({ server, built }, use) => {
    const site = await cookieApplication(built, server);
    await use(site);
    await site.stop();
  },
});
