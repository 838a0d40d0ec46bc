import { AuthError, type Json, type Redirect, authError, memberAt } from 'ngx-latchkey/core';
import type { FeathersOAuth } from './feathers-options';

/**
 * Sends the user to another provider by way of the server. Feathers has no state of its own, so one travels in the page to come
 * back to: an answer without it belongs to no sign-in of this application.
 *
 * @throws AuthError `invalid-path`
 */
export function startOAuth(oauthUrl: string, { oauth, redirect = '/' }: FeathersOAuth): Redirect {
  // The server puts the path behind the origin of the application and a fragment behind the path.
  if (!/^\/(?![/\\])[^#]*$/.test(redirect)) throw authError('misconfigured', 'invalid-path', redirect);
  // There is no randomUUID on a page that came without https.
  const state = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const page = `${redirect}${redirect.includes('?') ? '&' : '?'}state=${state}`;
  return {
    redirect: `${oauthUrl}/${encodeURIComponent(oauth)}?redirect=${encodeURIComponent(page)}`,
    state,
    transaction: { state },
  };
}

/** The state in the URL of a page that the server has led back to. */
export function stateIn(url: URL): string | null {
  return isAnswer(url) ? url.searchParams.get('state') : null;
}

/** The page without the state and the token; a page to which nobody has come back is left as it is. */
export function cleaned(url: URL): URL {
  const page = new URL(url);
  if (!isAnswer(url)) return page;
  page.searchParams.delete('state');
  page.hash = '';
  return page;
}

/**
 * The access token in the URL with which the user comes back.
 *
 * @throws AuthError `state-mismatch`, `sign-in-refused`, `unexpected-answer`
 */
export function readCallback(url: URL, transaction: Json): string {
  const state = memberAt(transaction, 'state');
  if (typeof state !== 'string' || url.searchParams.get('state') !== state) {
    throw authError('needs-user', 'state-mismatch');
  }
  const answer = new URLSearchParams(url.hash.slice(1));
  const error = answer.get('error');
  if (error !== null) {
    throw new AuthError({ failure: 'refused', code: 'sign-in-refused', detail: error.slice(0, 300) });
  }
  const token = answer.get('access_token');
  if (!token) throw authError('not-now', 'unexpected-answer');
  return token;
}

function isAnswer({ hash }: URL): boolean {
  const answer = new URLSearchParams(hash.slice(1));
  return answer.has('access_token') || answer.has('error');
}
