import type { AuthProvider } from 'ngx-latchkey/core';
import { oidcOf } from './oidc';
import type { OidcActions } from './oidc-actions';
import type { OidcLogin, OidcOptions } from './oidc-options';

/** Options of {@link keycloak}. */
export interface KeycloakOptions extends Omit<OidcOptions, 'issuer' | 'endpoints'> {
  /** The server, such as `https://sso.example.com`; before version 17 with `/auth`. */
  readonly url: string;
  /** The name of the realm, as it stands in its URLs. */
  readonly realm: string;
}

/**
 * A Keycloak realm. Roles are those of the realm and of this client, out of the access token.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example provideAuth(keycloak({ url: 'https://sso.example.com', realm: 'shop', clientId: 'web', api: ['https://api.example.com'] }))
 */
export function keycloak({ url, realm, ...options }: KeycloakOptions): AuthProvider<OidcLogin, OidcActions> {
  const issuer = `${url.replace(/\/+$/, '')}/realms/${encodeURIComponent(realm)}`;
  const protocol = `${issuer}/protocol/openid-connect`;
  const { clientId } = options;
  return oidcOf(
    {
      scope: 'openid profile email',
      roles: ['realm_access.roles', `resource_access.${clientId}.roles`],
      ...options,
      issuer,
      // They follow from the address, so that nothing has to be asked first.
      endpoints: {
        authorization: `${protocol}/auth`,
        token: `${protocol}/token`,
        userInfo: `${protocol}/userinfo`,
        revocation: `${protocol}/revoke`,
        endSession: `${protocol}/logout`,
        pushedAuthorization: `${protocol}/ext/par/request`,
        keys: `${protocol}/certs`,
      },
    },
    {
      id: 'keycloak',
      factory: keycloak,
      identityProvider: 'kc_idp_hint',
      signUpPath: [/\/auth$/, '/registrations'],
      // Without a hint the server asks whether the user really wants to.
      signOut: ({ clientId: id, idToken, returnTo, state }) => ({
        client_id: id,
        post_logout_redirect_uri: returnTo,
        ...(idToken !== undefined && { id_token_hint: idToken }),
        state,
      }),
      endByPost: true,
    },
  );
}
