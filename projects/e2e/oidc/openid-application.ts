import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveStatic } from '../support/static-site';
import type { OpenIdSettings } from './openid-settings';

/** The application, served with settings of its own. */
export interface OpenIdApplication {
  /** Such as `http://localhost:40123`. */
  readonly url: string;
  /** What `login` is asked to come back to. */
  readonly returnUrl: string;
  stop(): Promise<void>;
}

/**
 * @param built the folder of the built page
 * @param settingsFor what it reads before it starts, by the URL that it comes to have
 */
export async function serveApplication(
  built: string,
  settingsFor: (url: string) => OpenIdSettings | Promise<OpenIdSettings>,
): Promise<OpenIdApplication> {
  const folder = mkdtempSync(join(tmpdir(), 'openid-application-'));
  cpSync(built, folder, { recursive: true });
  const site = await serveStatic(folder);
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(await settingsFor(site.url)));
  return {
    url: site.url,
    returnUrl: `${site.url}/account?tab=notes#end`,
    stop: async () => {
      await site.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
