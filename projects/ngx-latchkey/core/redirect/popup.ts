import { authError } from '../contract/auth-error';
import { memberAt } from '../contract/json';
import type { Page, PageWindow } from './page';

/** Milliseconds that a page waits for a window that is closed, and a window for its page. */
const LAST_WORDS = 500;
const HAND_OVER = 2_000;

/**
 * The URL with which the user came back in the window; the window hands it over and closes itself.
 *
 * @throws AuthError `popup-closed`
 */
export async function callbackOfWindow(page: Page, opened: PageWindow, state: string): Promise<URL> {
  const channel = page.channel();
  const urls: URL[] = [];
  channel.onmessage = ({ data }) => {
    const given = memberAt(data, 'url');
    if (memberAt(data, 'state') !== state || typeof given !== 'string') return;
    urls.push(new URL(given));
    channel.postMessage({ taken: state });
  };
  // A page that isolates itself (COOP) looks closed as soon as it is shown; the callback ends the wait then.
  await page.until(() => urls.length > 0 || opened.closed, Infinity);
  // It may have closed itself a moment ago, with its last words still on the way.
  await page.until(() => urls.length > 0, LAST_WORDS);
  channel.close();
  const [url] = urls;
  if (url === undefined) throw authError('needs-user', 'popup-closed');
  return url;
}

/** Gives the URL to the page that has opened this window; whether that page has taken it. */
export async function handOver(page: Page, state: string, url: URL): Promise<boolean> {
  const channel = page.channel();
  let taken = false;
  channel.onmessage = ({ data }) => {
    taken ||= memberAt(data, 'taken') === state;
  };
  channel.postMessage({ state, url: url.href });
  await page.until(() => taken, HAND_OVER);
  channel.close();
  return taken;
}
