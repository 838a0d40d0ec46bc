import { expect, test as base } from '@playwright/test';
import { existsSync } from 'node:fs';
import { reset, setTokenLife } from '../support/auth-server-admin';
import { type AuthServerProcess, startAuthServer } from '../support/auth-server-process';
import { inProject } from '../support/project-root';
import { requestsSince } from '../support/request-log';
import { type StaticSite, serveStatic } from '../support/static-site';
import { type Traffic, watchTraffic } from '../support/traffic';
import { type Demo, demoIn } from './demo';

interface TestFixtures {
  /** The auth server's address; it starts every test with its seeds. */
  readonly server: string;
  /** The demo in the first tab. */
  readonly demo: Demo;
  readonly traffic: Traffic;
}

interface WorkerFixtures {
  readonly authServer: AuthServerProcess;
  readonly site: StaticSite;
}

/** A test of the demo's production build against the real auth server. */
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
      const built = inProject('dist', 'demo', 'browser');
      if (!existsSync(built)) throw new Error('dist/demo is not there. Run "npm run build" first.');
      const site = await serveStatic(built);
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  server: async ({ authServer }, use) => {
    await reset(authServer.url);
    await setTokenLife(authServer.url, 900);
    await use(authServer.url);
  },
  traffic: async ({ context }, use) => {
    await use(watchTraffic(context));
  },
  demo: async ({ page, site, server, traffic }, use) => {
    await use(demoIn(page, site.url, server));
    // Whatever a test was about: no token went elsewhere, and none was written where people look.
    expect([...traffic.authorizedOrigins].filter(origin => origin !== server)).toEqual([]);
    for (const token of traffic.tokens) expect(traffic.said.join('\n')).not.toContain(token);
  },
});

export { expect };

/** How often the server was asked for a refresh since the given line of its log. */
export async function refreshesSince(server: string, n: number): Promise<number> {
  const requests = await requestsSince(server, n);
  return requests.filter(({ path }) => path.endsWith('/auth/refresh')).length;
}
