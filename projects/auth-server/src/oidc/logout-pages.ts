import type { ErrorOut } from 'oidc-provider';
import { escaped, type Page } from './page.js';

const CONFIRM = `<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;

/**
 * Ends the session by itself when one of the server's own clients asks; without a client anybody's link may have led here, so
 * the user decides. `form` is `oidc-provider`'s, with its protection against forgery.
 */
export function logoutPage(form: string, isOwnClient: boolean): Page {
  const title = 'Sign out';
  if (!isOwnClient) return { title, body: `<p>Do you want to sign out?</p>${form}${CONFIRM}` };
  return {
    title,
    body: `<p>Signing out …</p>${form}${CONFIRM}`,
    script: "document.querySelector('button').click();",
  };
}

export const LOGGED_OUT_PAGE: Page = { title: 'Signed out', body: '<p>You can close this page.</p>' };

/** What went wrong, where it must not be told to the app: its address is not to be trusted, or not known. */
export function errorPage({ error, error_description: description }: ErrorOut): Page {
  const sentence = description === undefined ? '' : `<p>${escaped(description)}</p>`;
  return {
    title: 'This did not work',
    body: `<p role="alert"><code>${escaped(error)}</code></p>${sentence}`,
  };
}
