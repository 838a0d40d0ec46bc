import type { Locator, Page } from '@playwright/test';

export type SeededUser = 'ada' | 'grace' | 'linus';

/** The demo in one tab. */
export interface Demo {
  readonly page: Page;
  /** Loads a page of the demo, such as `/account`. */
  open(path: string): Promise<void>;
  logIn(username: SeededUser, password?: string): Promise<void>;
  /** The part of the page with the given test id. */
  part(id: string): Locator;
  /** Lines of the event list of one kind, such as `refreshed`. */
  events(kind: string): Locator;
}

/** @param transport how the refresh token travels */
export function demoIn(
  page: Page,
  site: string,
  server: string,
  transport: 'body' | 'cookie' = 'body',
): Demo {
  const part = (id: string): Locator => page.getByTestId(id);
  return {
    page,
    part,
    events: kind => part('event-list').locator(`[data-event="${kind}"]`),
    open: async path => {
      const url = new URL(path, site);
      url.searchParams.set('server', server);
      url.searchParams.set('transport', transport);
      await page.goto(url.href);
    },
    logIn: async (username, password = `latchkey-${username}`) => {
      await part('username').fill(username);
      await part('password').fill(password);
      await part('login-submit').click();
    },
  };
}
