import type { Locator, Page } from '@playwright/test';
import { expect, test as demoTest } from '../demo/demo-test';
import { startBackEnd } from '../support/back-end-process';

/** The demo, switched to a back end. */
export interface SwitchedDemo {
  readonly page: Page;
  /** Loads a page of the demo by an address that says which back end is meant. */
  open(path: string): Promise<void>;
  logIn(username: string, password: string): Promise<void>;
  part(id: string): Locator;
  /** Lines of the event list of one kind, such as `refreshed`. */
  events(kind: string): Locator;
}

interface TestFixtures {
  /** Starts a back end on a free port, for one test; answers its address. */
  readonly start: (name: string, ...options: string[]) => Promise<string>;
  /** @param wishes the query parameters, such as `{ 'back-end': 'feathers', url }` */
  readonly switchTo: (wishes: Readonly<Record<string, string>>) => SwitchedDemo;
}

/** A test of the demo's production build with one of the other back ends behind it. */
export const test = demoTest.extend<TestFixtures>({
  start: async ({ playwright: _ }, use) => {
    const running: { stop(): Promise<void> }[] = [];
    await use(async (name, ...options) => {
      const backEnd = await startBackEnd(name, ...options);
      running.push(backEnd);
      return backEnd.url;
    });
    for (const backEnd of running) await backEnd.stop();
  },
  switchTo: async ({ page, site, traffic }, use) => {
    const known: string[] = [];
    await use(wishes => {
      known.push(...Object.values(wishes).flatMap(text => (URL.canParse(text) ? new URL(text).origin : [])));
      return switched(page, site.url, wishes);
    });
    // Whatever a test was about: no token went elsewhere, and none was written where people look.
    expect([...traffic.authorizedOrigins].filter(origin => !known.includes(origin))).toEqual([]);
    for (const token of traffic.tokens) expect(traffic.said.join('\n')).not.toContain(token);
  },
});

export { expect };

function switched(page: Page, site: string, wishes: Readonly<Record<string, string>>): SwitchedDemo {
  const part = (id: string): Locator => page.getByTestId(id);
  return {
    page,
    part,
    events: kind => part('event-list').locator(`[data-event="${kind}"]`),
    open: async path => {
      const url = new URL(path, site);
      for (const [name, value] of Object.entries(wishes)) url.searchParams.set(name, value);
      await page.goto(url.href);
    },
    logIn: async (username, password) => {
      await part('username').fill(username);
      await part('password').fill(password);
      await part('login-submit').click();
    },
  };
}

/** Logs in with a wrong password, which is said, and then with the right one, which leads to the account page. */
export async function logInAtLast(demo: SwitchedDemo, username: string, password: string): Promise<void> {
  await demo.open('/account');
  await expect(demo.page).toHaveURL(/\/login\?returnUrl=%2Faccount$/);
  await demo.logIn(username, 'a wrong password');
  await expect(demo.part('login-error')).toContainText('password is wrong');
  await expect(demo.part('status')).toHaveText('anonymous');
  await demo.logIn(username, password);
  await expect(demo.page).toHaveURL(/\/account$/);
  await expect(demo.part('status')).toHaveText('authenticated');
}

/** A reload changes nothing; a logout ends it, and a reload does not bring it back. */
export async function survivesUntilLogout(demo: SwitchedDemo, name: string): Promise<void> {
  await demo.page.reload();
  await expect(demo.part('user-name')).toHaveText(name);
  await expect(demo.page).toHaveURL(/\/account$/);
  await demo.part('logout').click();
  await expect(demo.part('status')).toHaveText('anonymous');
  await demo.page.reload();
  await expect(demo.part('nav-login')).toBeVisible();
  await expect(demo.part('status')).toHaveText('anonymous');
}
