import type { ClientMetadata, Provider } from 'oidc-provider';
import { isAllowedOrigin } from '../origins.js';

/** The clients of this server: public ones, and its own, so nobody is asked for consent. */
export const CLIENT_IDS = ['latchkey-demo', 'latchkey-spa'] as const;

/** The backend for frontend below `/bff`: one more client of the issuer. */
export const BFF_CLIENT = 'latchkey-bff';

export const CLIENTS: readonly ClientMetadata[] = [...CLIENT_IDS, BFF_CLIENT].map(client_id => ({
  client_id,
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  // What is really allowed is decided below; one of each has to be named.
  redirect_uris: ['http://localhost/callback'],
  post_logout_redirect_uris: ['http://localhost/'],
}));

/** Lets clients return to every page of this machine and of the configured origins, whatever port, whatever path. */
export function allowReturnToLoopback(provider: Provider, origins: readonly string[]): void {
  const isAllowed = (uri: string): boolean => {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    return url?.hash === '' && url.username === '' && isAllowedOrigin(url.origin, origins);
  };
  provider.Client.prototype.redirectUriAllowed = isAllowed;
  provider.Client.prototype.postLogoutRedirectUriAllowed = isAllowed;
}
