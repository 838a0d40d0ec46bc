import type { Browser, BrowserContext, Page } from '@playwright/test';
import { changeSettings, type ServerSettings } from '../../../projects/e2e/support/auth-server-admin';
import { startAuthServer } from '../../../projects/e2e/support/auth-server-process';
import { type LoggedRequest, endOfLog, requestsSince } from '../../../projects/e2e/support/request-log';
import type { BuiltPeer } from '../prepare/workspace';
import { portWithLookAlike } from './look-alike-port';
import { servePeer } from './peer-site';
import { type PeerTab, peerTab } from './peer-tab';
import { type Stranger, startStranger } from './stranger';

/** A peer's application with a server, a browser profile and a stranger of its own. */
export interface World {
  readonly built: BuiltPeer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly server: string;
  /** The path of the token endpoint: once somebody is signed in, who calls it renews, by a refresh token or by a hidden frame and its code. */
  readonly tokenPath: string;
  /** An API that wants a token. */
  readonly profile: string;
  /** Listens at an address that begins like the server's. */
  readonly stranger: Stranger;
  /** @param watched a page that somebody listens to already */
  open(watched?: Page): Promise<PeerTab>;
  /** A tab that the application opened. */
  adopt(page: Page): PeerTab;
  /** Calls of the token endpoint since the given line of the log. */
  renewals(since: number): Promise<readonly LoggedRequest[]>;
  endOfLog(): Promise<number>;
}

/** Makes a world, uses it, and stops everything in it. */
export async function inWorld<Result>(
  browser: Browser,
  built: BuiltPeer,
  settings: ServerSettings,
  use: (world: World) => Promise<Result>,
): Promise<Result> {
  const port = await portWithLookAlike();
  const stranger = await startStranger(port * 10);
  const authServer = await startAuthServer('--port', `${port}`);
  const server = authServer.url;
  const addresses = {
    server,
    api: `${server}/api`,
    issuer: `${server}/oidc`,
    clientId: 'latchkey-spa',
  };
  const site = await servePeer(built.folder, addresses);
  const tokenPath = built.peer.kind === 'oidc' ? '/oidc/token' : '/auth/refresh';
  const context = await browser.newContext();
  try {
    await changeSettings(server, settings);
    return await use({
      built,
      browser,
      context,
      server,
      tokenPath,
      profile: `${addresses.api}/profile`,
      stranger,
      open: async watched => {
        const page = watched ?? (await context.newPage());
        await page.goto(site.url);
        const tab = peerTab(page);
        await tab.ready();
        return tab;
      },
      adopt: peerTab,
      renewals: async since => (await requestsSince(server, since)).filter(({ path }) => path === tokenPath),
      endOfLog: () => endOfLog(server),
    });
  } finally {
    await context.close();
    await site.stop();
    await authServer.stop();
    await stranger.stop();
  }
}
