import { Browser, type Page } from '../../auth-server/spec/support/browser.js';

/**
 * What a person does in a browser: follows the redirects, fills in the login page, and ends at the URL of the application that the server
 * leads back to.
 */
export async function signInByForms(
  url: string,
  application: string,
  username = 'ada',
  browser = new Browser(),
): Promise<URL> {
  const follow = async (page: Page): Promise<Page> =>
    page.location === '' || page.location.startsWith(application)
      ? page
      : follow(await browser.get(page.location));
  const page = await follow(await browser.get(url));
  if (page.location !== '') return new URL(page.location);
  const fields = { username, password: `latchkey-${username}` };
  return new URL((await follow(await browser.post(page.url, fields))).location);
}
