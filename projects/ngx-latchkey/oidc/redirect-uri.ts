import type { OidcOptions } from './oidc-options';

/** What a server adds to the URL with which a user comes back. */
const ANSWER = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'session_state',
  'kc_action_status',
];

export function redirectUri({ redirectUri: given }: OidcOptions): URL {
  return placeOf(given);
}

export function postLogoutRedirectUri({
  redirectUri: usual,
  postLogoutRedirectUri: given = usual,
}: OidcOptions): URL {
  return placeOf(given);
}

/** The `state`, if the page is where users come back to and the URL is an answer (RFC 6749, section 4.1.2). */
export function stateIn(url: URL, options: OidcOptions): string | null {
  const state = url.searchParams.get('state');
  if (state === null) return null;
  if (state.startsWith('out.')) return samePlace(url, postLogoutRedirectUri(options)) ? state : null;
  const isAnswer = url.searchParams.has('code') || url.searchParams.has('error');
  return isAnswer && samePlace(url, redirectUri(options)) ? state : null;
}

export function cleanedUrl(url: URL): URL {
  const cleaned = new URL(url);
  for (const name of ANSWER) cleaned.searchParams.delete(name);
  return cleaned;
}

function placeOf(given = ''): URL {
  return URL.canParse(given) ? new URL(given) : new URL(given, document.baseURI);
}

function samePlace(one: URL, other: URL): boolean {
  return one.origin === other.origin && one.pathname === other.pathname;
}
