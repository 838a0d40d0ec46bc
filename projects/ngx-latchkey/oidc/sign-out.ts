import type { Held } from 'ngx-latchkey/core';
import { memoryOf } from './oidc-memory';
import type { OidcOptions, Vendor } from './oidc-options';
import { postLogoutRedirectUri } from './redirect-uri';

/** Where the server ends its own session (OpenID Connect RP-Initiated Logout 1.0), or `null` where it cannot or is not to. */
export function signOutUrl(options: OidcOptions, vendor: Vendor, held: Held, state: string): string | null {
  const { endSessionEndpoint, idToken } = memoryOf(held);
  const endpoint = vendor.endSession ?? options.endpoints?.endSession ?? endSessionEndpoint;
  if (endpoint === undefined || options.logout === 'local') return null;
  const url = new URL(endpoint);
  const facts = {
    clientId: options.clientId,
    idToken,
    returnTo: postLogoutRedirectUri(options).href,
    state,
  };
  for (const [name, value] of Object.entries(vendor.signOut(facts))) url.searchParams.set(name, value);
  return url.href;
}
