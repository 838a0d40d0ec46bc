import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { existsSync } from 'node:fs';
import type { FaultPage } from '../../fault-page/src/harness';
import { changeSettings, reset } from '../support/auth-server-admin';
import { type AuthServerProcess, startAuthServer } from '../support/auth-server-process';
import { inProject } from '../support/project-root';
import { type LoggedRequest, requestsSince } from '../support/request-log';
import { type StaticSite, serveStatic } from '../support/static-site';

declare const window: { readonly harness: FaultPage };

export type Rotation = 'grace' | 'strict';

/** One tab with the fault page in it. */
export interface Tab {
  readonly page: Page;
  phase(): Promise<string>;
  user(): Promise<string | null>;
  /** How often an event of the type was told. */
  count(type: string): Promise<number>;
  endReasons(): Promise<readonly string[]>;
  login(username?: string): Promise<string>;
  logout(): Promise<void>;
  refresh(): Promise<string>;
  /** What so many calls of the profile at once came to: `'ok'`, a status or a code. */
  call(times?: number): Promise<readonly string[]>;
  /** Whose profile the server shows. */
  profileOf(): Promise<string>;
}

interface TestFixtures {
  /** The auth server's address; it starts every test with its seeds. */
  readonly server: string;
  /** Opens the fault page in a tab of its own, which has a process of its own. */
  readonly open: (options?: OpenOptions) => Promise<Tab>;
  /** The server, and the pages, rotate strictly. */
  readonly strictly: () => Promise<void>;
}

interface OpenOptions {
  readonly context?: BrowserContext;
  readonly rotation?: Rotation;
  readonly transport?: 'body' | 'cookie';
  /** Whether the page asks at its start for a session of which only the cookie is left. */
  readonly probe?: boolean;
  /** The script of the worker vault, for pages that have one. */
  readonly vault?: string;
  readonly before?: (page: Page) => Promise<void>;
}

interface WorkerFixtures {
  readonly authServer: AuthServerProcess;
  readonly site: StaticSite;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  authServer: [
    async ({ playwright: _ }, use) => {
      const server = await startAuthServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ playwright: _ }, use) => {
      const built = inProject('dist', 'fault-page', 'browser');
      if (!existsSync(built)) throw new Error('dist/fault-page is not there. Run "npm run build" first.');
      const site = await serveStatic(built);
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  server: async ({ authServer }, use) => {
    await reset(authServer.url);
    await changeSettings(authServer.url, { accessTokenLifetime: 900, rotation: 'grace', overlap: 30 });
    await use(authServer.url);
  },
  strictly: async ({ server }, use) => {
    await use(() => changeSettings(server, { rotation: 'strict' }));
  },
  open: async ({ context: ours, site, server }, use) => {
    await use(
      async ({ context = ours, rotation = 'grace', transport = 'body', probe, vault, before } = {}) => {
        const page = await context.newPage();
        await before?.(page);
        const url = new URL(site.url);
        url.search = new URLSearchParams({
          server,
          rotation,
          transport,
          ...(probe && { probe: '' }),
          ...(vault && { vault }),
        }).toString();
        await page.goto(url.href);
        return tabOf(page, server);
      },
    );
  },
});

export { expect };

export function tabOf(page: Page, server: string): Tab {
  const ready = () => page.waitForFunction(() => 'harness' in window);
  return {
    page,
    phase: async () => (await ready(), page.evaluate(() => window.harness.phase())),
    user: async () => (await ready(), page.evaluate(() => window.harness.user())),
    count: type =>
      page.evaluate(wanted => window.harness.events().filter(event => event.type === wanted).length, type),
    endReasons: () =>
      page.evaluate(() =>
        window.harness.events().flatMap(event => (event.type === 'ended' ? event.reason : [])),
      ),
    login: async (username = 'ada') => (
      await ready(),
      page.evaluate(name => window.harness.login(name), username)
    ),
    logout: () => page.evaluate(() => window.harness.logout()),
    refresh: () => page.evaluate(() => window.harness.refresh()),
    call: async (times = 1) => {
      const answers = await page.evaluate(([url, count]) => window.harness.call(url, count), [
        `${server}/api/profile`,
        times,
      ] as const);
      return answers.map(answer => (answer.startsWith('{') ? 'ok' : answer));
    },
    profileOf: async () => {
      const [answer] = await page.evaluate(url => window.harness.call(url, 1), `${server}/api/profile`);
      return answer ?? '';
    },
  };
}

/** What reached the refresh endpoint after the given line of the log. */
export async function refreshesSince(server: string, n = 0): Promise<readonly LoggedRequest[]> {
  return (await requestsSince(server, n)).filter(({ path }) => path.endsWith('/auth/refresh'));
}

/** API requests that came without a token. */
export async function anonymousSince(server: string, n = 0): Promise<readonly LoggedRequest[]> {
  return (await requestsSince(server, n)).filter(({ path, bearer }) => path.startsWith('/api/') && !bearer);
}
