import { type UrlMatcher, type UrlRule, authError, compileUrlRules, secureUrl } from 'ngx-latchkey/core';
import type { ApiTokenSource } from './api-token-source';

/** Where the token may go. */
export interface AllowedOrigins {
  /** Default: the provider's APIs. */
  readonly origins?: readonly UrlRule[] | undefined;
}

/** What is connected to, and that the token may go there. */
export interface AllowedUrl extends AllowedOrigins {
  /** An API of the provider, or within `origins`; `https` or `wss`, plain only on a loopback host. */
  readonly url: string;
}

/** The address of the page; where there is none, of nothing that exists. */
const page = (): string => (typeof document === 'undefined' ? 'https://localhost' : document.baseURI);

/** Tells of a URL whether the token may go there: nowhere, if nobody says where. */
export function allowedUrls({ covers }: ApiTokenSource, { origins }: AllowedOrigins): UrlMatcher {
  if (origins === undefined) return covers ?? (() => false);
  const pageOrigin = typeof location === 'undefined' ? page() : location.origin;
  return compileUrlRules(origins, pageOrigin, page);
}

/**
 * The URL with `http` for `ws`, if the token may go there.
 *
 * @throws AuthError `origin-not-allowed`, `insecure-url`, `invalid-url-rule`
 */
export function allowedUrl(tokens: ApiTokenSource, options: AllowedUrl): URL {
  const text = options.url.replace(/^ws(?=s?:)/i, 'http');
  const url = URL.canParse(text, page()) ? new URL(text, page()) : null;
  // The query may hold what no error should.
  const place = url ? url.origin + url.pathname : 'a URL';
  secureUrl(place);
  if (url === null || !allowedUrls(tokens, options)(text)) {
    throw authError('misconfigured', 'origin-not-allowed', place);
  }
  return url;
}
