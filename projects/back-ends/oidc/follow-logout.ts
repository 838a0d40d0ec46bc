import type { Browser, Page } from '../../auth-server/spec/support/browser.js';

/** What a person does who is asked whether to sign out: says yes, and ends at the URL of the application. */
export async function followLogout(url: string, application: string, browser: Browser): Promise<URL> {
  const follow = async (page: Page): Promise<Page> => {
    if (page.location.startsWith(application)) return page;
    if (page.location !== '') return follow(await browser.get(page.location));
    const [, action] = /action="([^"]+)"/.exec(page.text) ?? [];
    const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(page.text) ?? [];
    if (action === undefined || xsrf === undefined) throw new Error(`It ends at ${page.url}: ${page.text}`);
    return follow(await browser.post(new URL(action, page.url).href, { xsrf, logout: 'yes' }));
  };
  return new URL((await follow(await browser.get(url))).location);
}
