import { HttpContextToken } from '@angular/common/http';

/**
 * Whether a request carries the token.
 *
 * - `'optional'` (the default): if somebody is signed in and the URL is one of the provider's APIs
 * - `'required'`: fails with `unauthenticated` or `origin-not-allowed` instead of going out without it
 * - `'none'`: never
 *
 * Nothing makes a token go to a URL that the provider does not list.
 */
export type AuthMode = 'optional' | 'required' | 'none';

/** @example http.get(url, { context: new HttpContext().set(AUTH, 'none') }) */
export const AUTH = new HttpContextToken<AuthMode>(() => 'optional');

/**
 * Whether a request may be sent again, once and with another token, after its token was rejected.
 *
 * - `'auto'` (the default): yes, but `POST` and `PATCH` only if the API said in a readable `WWW-Authenticate` header that it refused
 *   the token, so that nothing is done twice
 * - `'always'`: yes; the request is safe to repeat
 * - `'never'`
 */
export type ReplayMode = 'auto' | 'always' | 'never';

/** @example http.post(url, body, { context: new HttpContext().set(REPLAY, 'always') }) */
export const REPLAY = new HttpContextToken<ReplayMode>(() => 'auto');
