import type { Page } from '@playwright/test';
import { findInStorage } from '../world/find-in-storage';
import { watchRefreshTokens } from '../world/issued-tokens';
import type { PeerTab } from '../world/peer-tab';
import { until } from '../world/until';
import { type Scenario, yesOrNo } from './scenario';

/** Where the page goes on its way: the addresses of the tab itself, changes by the router included. */
function watchWay(page: Page): string[] {
  const way: string[] = [];
  page.on('framenavigated', frame => {
    if (frame === page.mainFrame()) way.push(frame.url());
  });
  return way;
}

async function reaches(tab: PeerTab): Promise<boolean> {
  const account = tab.page.getByRole('heading', { name: 'Account' });
  const came = await until(15_000, () => account.isVisible().catch(() => false));
  return came !== null && (await tab.signedIn());
}

export const RELOAD: Scenario = {
  name: 'reload',
  title: 'A reload, and where the refresh token lies',
  settings: { accessTokenLifetime: 900 },
  columns: [
    'a reload keeps the session',
    'stays off every login page',
    'without the issuer’s cookie too',
    'a script finds the refresh token in',
  ],
  slow: false,
  reading:
    'A guarded page is reloaded. It stays off login pages if the tab visits neither its own nor the issuer’s on the way. Then the browser’s cookies are deleted and it is reloaded again, as where a browser does ' +
    'not give them to hidden frames, or the issuer’s own session has ended. Last, all that the page has stored is searched for the refresh token as it was issued. Who keeps it in memory has to ask the ' +
    'issuer again after a reload. A token in storage can be read by any script of the page; `withWorkerVault()` of ngx-latchkey keeps it from them and is not the default.',
  run: async world => {
    const tab = await world.open();
    const { page } = tab;
    const tokens = watchRefreshTokens(page);
    await tab.signIn();
    await page.waitForTimeout(1_000);
    const [token] = tokens;
    const lies = token === undefined ? ['no refresh token was asked for'] : await findInStorage(page, token);
    await page.goto(new URL('/account', page.url()).href);
    await reaches(tab);
    const way = watchWay(page);
    await page.reload();
    const kept = await reaches(tab);
    const stayedOff = !way.some(url => /\/login|\/oidc\//.test(url));
    await world.context.clearCookies();
    await page.reload();
    const keptAlone = kept && (await reaches(tab));
    return [
      yesOrNo(kept),
      yesOrNo(kept && stayedOff),
      yesOrNo(keptAlone),
      lies.length === 0 ? 'nowhere' : lies.join(', '),
    ];
  },
};
