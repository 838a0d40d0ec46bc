import type { Page } from '@playwright/test';
import type { PeerPage } from '../apps/shared/peer-page';
import { until } from './until';

declare const window: { readonly peer?: PeerPage };

/** Milliseconds that a page has to start or to sign in on a busy machine. */
const PATIENCE = 30_000;

/** One tab with a peer's application in it. */
export interface PeerTab {
  readonly page: Page;
  /** @throws Error when it does not come to that */
  signIn(): Promise<void>;
  /** Whether the page says so. */
  signedIn(): Promise<boolean>;
  logout(): Promise<void>;
  call(url: string, times: number): Promise<readonly string[]>;
  /** Waits until the application runs. */
  ready(): Promise<void>;
}

export function peerTab(page: Page): PeerTab {
  // A page that is on its way elsewhere has no answer yet.
  const signedIn = (): Promise<boolean> =>
    page.evaluate(() => window.peer?.signedIn() ?? false).catch(() => false);
  const ready = async (): Promise<void> => {
    await page.waitForFunction(() => 'peer' in window, null, { timeout: PATIENCE });
  };
  return {
    page,
    signedIn,
    ready,
    signIn: async () => {
      await ready();
      await page.evaluate(() => window.peer?.login());
      const username = page.locator('[name=username]');
      const came = await until(PATIENCE, async () => {
        if (await username.isVisible().catch(() => false)) {
          await username.fill('ada');
          await page.locator('[name=password]').fill('latchkey-ada');
          await page.getByRole('button', { name: 'Sign in' }).click();
          await username.waitFor({ state: 'detached', timeout: PATIENCE });
        }
        return signedIn();
      });
      if (came === null) throw new Error(`Nobody is signed in at ${page.url()}.`);
    },
    logout: async () => {
      await page.evaluate(() => window.peer?.logout());
      const gone = await until(PATIENCE, async () => {
        const isHere = await page.evaluate(() => 'peer' in window).catch(() => false);
        return isHere && !(await signedIn());
      });
      if (gone === null) throw new Error(`The logout did not come to an end at ${page.url()}.`);
    },
    call: async (url, times) => {
      await ready();
      const answers = page.evaluate(([address, count]) => window.peer?.call(address, count) ?? [], [
        url,
        times,
      ] as const);
      return answers;
    },
  };
}
