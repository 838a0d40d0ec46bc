import type { AuthProvider } from 'ngx-latchkey/core';
import { oidcOf } from './oidc';
import type { OidcActions } from './oidc-actions';
import type { OidcLogin, OidcOptions } from './oidc-options';

/** Options of {@link auth0}. */
export interface Auth0Options extends Omit<OidcOptions, 'issuer' | 'endpoints'> {
  /** The tenant, such as `shop.eu.auth0.com`, or the custom domain. */
  readonly domain: string;
  /** Whether a logout also ends the session at the identity provider that the user came from. */
  readonly federated?: boolean;
}

/**
 * An Auth0 tenant. Without `audience` its access tokens are good for nothing but its own UserInfo endpoint.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example provideAuth(auth0({ domain: 'shop.eu.auth0.com', clientId: '…', audience: 'https://api.example.com', api: ['https://api.example.com'] }))
 */
export function auth0({ domain, federated, ...options }: Auth0Options): AuthProvider<OidcLogin, OidcActions> {
  const base = (domain.includes('://') ? domain : `https://${domain}`).replace(/\/+$/, '');
  return oidcOf(
    {
      ...options,
      // Auth0 writes its issuer with a slash at the end.
      issuer: `${base}/`,
      endpoints: {
        authorization: `${base}/authorize`,
        token: `${base}/oauth/token`,
        userInfo: `${base}/userinfo`,
        revocation: `${base}/oauth/revoke`,
        keys: `${base}/.well-known/jwks.json`,
      },
    },
    {
      id: 'auth0',
      factory: auth0,
      endSession: `${base}/v2/logout`,
      identityProvider: 'connection',
      signUp: { screen_hint: 'signup' },
      // No state comes back, and `federated` has no value.
      signOut: ({ clientId, returnTo }) => ({
        client_id: clientId,
        returnTo,
        ...(federated && { federated: '' }),
      }),
    },
  );
}
