import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { existsSync } from 'node:fs';
import type { FaultPage } from '../../fault-page/src/harness';
import { changeSettings, reset } from '../support/auth-server-admin';
import { type AuthServerProcess, startAuthServer } from '../support/auth-server-process';
import { inProject } from '../support/project-root';
import { type LoggedRequest, requestsSince } from '../support/request-log';
import { type StaticSite, serveStatic } from '../support/static-site';
import { loginAtIssuer } from './login-at-issuer';

declare const window: { readonly harness: FaultPage };

export type Rotation = 'grace' | 'strict';

/** Which of the dev auth server's two kinds of server the pages sign in to. */
export type BackEnd = 'jwt' | 'oidc';

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
  /** Of so many calls some are cancelled after a moment; what the others came to. */
  callAndCancel(times: number, cancelled: number): Promise<readonly string[]>;
  /** How listeners of the application misbehave from now on. */
  listen(how: 'badly' | 'busily'): Promise<void>;
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
  /** The application fails to read any user but that of the first sign-in. */
  readonly brittle?: boolean;
  /** Whether pages that sign in to the issuer ask its UserInfo endpoint for the user. */
  readonly userInfo?: boolean;
  readonly before?: (page: Page) => Promise<void>;
}

export interface FaultOptions {
  readonly backEnd: BackEnd;
}

interface WorkerFixtures extends FaultOptions {
  readonly authServer: AuthServerProcess;
  readonly site: StaticSite;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  backEnd: ['jwt', { option: true, scope: 'worker' }],
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
  open: async ({ context: ours, site, server, backEnd }, use) => {
    await use(
      async ({
        context = ours,
        rotation = 'grace',
        transport = 'body',
        probe,
        vault,
        brittle,
        userInfo,
        before,
      } = {}) => {
        const page = await context.newPage();
        await before?.(page);
        const url = new URL(site.url);
        url.search = new URLSearchParams({
          server,
          rotation,
          transport,
          'back-end': backEnd,
          ...(probe && { probe: '' }),
          ...(vault && { vault }),
          ...(brittle && { brittle: 'yes' }),
          ...(userInfo && { 'user-info': '' }),
        }).toString();
        await page.goto(url.href);
        return tabOf(page, server, backEnd);
      },
    );
  },
});

export { expect };

export function tabOf(page: Page, server: string, backEnd: BackEnd = 'jwt'): Tab {
  const profile = `${server}/api/profile`;
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
    login: async (username = 'ada') => {
      await ready();
      return backEnd === 'oidc'
        ? loginAtIssuer(page, username)
        : page.evaluate(name => window.harness.login(name), username);
    },
    logout: () => page.evaluate(() => window.harness.logout()),
    refresh: () => page.evaluate(() => window.harness.refresh()),
    call: async (times = 1) =>
      inShort(
        await page.evaluate(([url, count]) => window.harness.call(url, count), [profile, times] as const),
      ),
    callAndCancel: async (times, cancelled) =>
      inShort(
        await page.evaluate(([url, all, some]) => window.harness.callAndCancel(url, all, some, 300), [
          profile,
          times,
          cancelled,
        ] as const),
      ),
    listen: how =>
      page.evaluate(wanted => {
        if (wanted === 'badly') window.harness.listenBadly();
        else window.harness.listenBusily();
      }, how),
    profileOf: async () => {
      const [answer] = await page.evaluate(url => window.harness.call(url, 1), profile);
      return answer ?? '';
    },
  };
}

function inShort(answers: readonly string[]): readonly string[] {
  return answers.map(answer => (answer.startsWith('{') ? 'ok' : answer));
}

/** Where tokens are renewed. */
export const RENEWAL = /\/(auth\/refresh|oidc\/token)$/;

/** The renewals that the server was asked for after the given line of the log. */
export async function refreshesSince(server: string, n = 0): Promise<readonly LoggedRequest[]> {
  const requests = await requestsSince(server, n);
  return requests.filter(({ path, outcome }) => RENEWAL.test(path) && outcome !== 'signed_in');
}

/** API requests that came without a token. */
export async function anonymousSince(server: string, n = 0): Promise<readonly LoggedRequest[]> {
  return (await requestsSince(server, n)).filter(({ path, bearer }) => path.startsWith('/api/') && !bearer);
}
