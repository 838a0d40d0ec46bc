import { authError } from './auth-error';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * A URL that tokens may travel to: absolute, `https` (or `http` on a loopback host), nothing but origin and path.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 */
export function secureUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username + url.password + url.search + url.hash !== '') {
    throw authError('misconfigured', 'invalid-url-rule', text);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw authError('misconfigured', 'insecure-url', text);
  }
  return url;
}
