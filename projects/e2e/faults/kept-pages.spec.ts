import { endOfLog, requestsSince } from '../support/request-log';
import { type Tab, expect, test } from './fault-test';

interface Restored {
  restored?: boolean;
}

interface Navigation {
  readonly type: string;
  readonly notRestoredReasons?: { readonly reasons: readonly { readonly reason: string }[] } | null;
}

/** Leaves the page for another of the same site, from which the browser can bring it back as it was. */
async function leave(tab: Tab, site: string): Promise<void> {
  await tab.page.evaluate(() => {
    addEventListener('pageshow', event => ((window as Restored).restored = event.persisted));
  });
  await tab.page.goto(`${site}/main.js`);
}

/** Goes back to the page and tells why the browser did not keep it: no reason, if it did. */
async function comeBack(tab: Tab): Promise<readonly string[]> {
  await tab.page.evaluate(() => {
    history.back();
  });
  const reasons = await tab.page.waitForFunction(() => {
    if (!('harness' in window)) return null;
    if ((window as Restored).restored) return [];
    const [navigation] = performance.getEntriesByType('navigation') as unknown as Navigation[];
    if (navigation?.type !== 'back_forward') return null;
    return navigation.notRestoredReasons?.reasons.map(({ reason }) => reason) ?? ['not told'];
  });
  return (await reasons.jsonValue()) ?? [];
}

test.describe('pages that the browser keeps for the way back', { tag: ['@faults', '@issuer'] }, () => {
  interface Kept {
    readonly page: Tab;
    /** Where the server's log ended when the page came back. */
    readonly begin: number;
  }

  interface Fixtures {
    readonly keptWhile: (happens: (other: Tab) => Promise<unknown>) => Promise<Kept>;
  }

  /** The page of ada's that the browser kept while something happened in another tab. */
  const keeping = test.extend<Fixtures>({
    keptWhile: async ({ open, site, server }, use) => {
      await use(async happens => {
        // A browser that is short of time or memory keeps no page and hides that reason ("masked"): then once more.
        // Any other reason is about what the page does, and a failure.
        for (let triesLeft = 3; ; triesLeft -= 1) {
          const page = await open();
          await page.login('ada');
          const other = await open();
          await expect.poll(() => other.user()).toBe('usr_ada');
          await leave(page, site.url);
          await happens(other);
          const begin = await endOfLog(server);
          const reasons = await comeBack(page);
          if (reasons.length === 0) return { page, begin };
          expect(reasons, 'why the browser did not keep the page').toEqual(triesLeft > 1 ? ['masked'] : []);
          await Promise.all([page.page.close(), other.page.close()]);
        }
      });
    },
  });

  keeping(
    'F48 B: a page that was kept over a logout is logged out before it sends',
    async ({ keptWhile, server }) => {
      const { page, begin } = await keptWhile(other => other.logout());
      expect(await page.call()).toEqual(['unauthenticated']);
      expect((await requestsSince(server, begin)).filter(({ bearer }) => bearer)).toEqual([]);
      expect(await page.phase()).toBe('ended');
    },
  );

  keeping(
    'F49 B: a page that was kept over a change of users sends nobody’s token',
    async ({ keptWhile, server }) => {
      const { page, begin } = await keptWhile(async other => {
        await other.logout();
        await other.login('grace');
      });
      expect(await page.call(3)).toEqual(Array(3).fill('unauthenticated'));
      expect((await requestsSince(server, begin)).filter(({ bearer }) => bearer)).toEqual([]);
      expect(await page.endReasons()).toEqual(['account-switch']);
    },
  );
});
