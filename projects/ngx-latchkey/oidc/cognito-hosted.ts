import type { AuthProvider } from 'ngx-latchkey/core';
import { oidcOf } from './oidc';
import type { OidcActions } from './oidc-actions';
import type { OidcLogin, OidcOptions } from './oidc-options';

/** Options of {@link cognitoHosted}. */
export interface CognitoHostedOptions extends Omit<OidcOptions, 'issuer' | 'endpoints'> {
  /** The domain of the managed login, such as `https://shop.auth.eu-west-1.amazoncognito.com`. */
  readonly domain: string;
  /** The region of the pool, such as `eu-west-1`. */
  readonly region: string;
  /** The pool, such as `eu-west-1_AbCdEf`. */
  readonly userPoolId: string;
  /** The issuer, where it is another than that of the region and the pool. */
  readonly issuer?: string;
}

/**
 * A Cognito user pool by its managed login. Groups are the roles.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example
 * provideAuth(cognitoHosted({
 *   domain: 'https://shop.auth.eu-west-1.amazoncognito.com',
 *   region: 'eu-west-1',
 *   userPoolId: 'eu-west-1_AbCdEf',
 *   clientId: '…',
 * }))
 */
export function cognitoHosted(given: CognitoHostedOptions): AuthProvider<OidcLogin, OidcActions> {
  const { domain, region, userPoolId, ...options } = given;
  const base = domain.replace(/\/+$/, '');
  const issuer = options.issuer ?? `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
  return oidcOf(
    {
      scope: 'openid profile email',
      roles: ['cognito:groups'],
      rotation: 'grace',
      ...options,
      issuer,
      endpoints: {
        authorization: `${base}/oauth2/authorize`,
        token: `${base}/oauth2/token`,
        userInfo: `${base}/oauth2/userInfo`,
        revocation: `${base}/oauth2/revoke`,
        keys: `${issuer}/.well-known/jwks.json`,
      },
    },
    {
      id: 'cognito-hosted',
      factory: cognitoHosted,
      endSession: `${base}/logout`,
      identityProvider: 'identity_provider',
      signUpPath: [/\/oauth2\/authorize$/, '/signup'],
      // Its logout is one of its own, and knows of no state.
      signOut: ({ clientId, returnTo }) => ({ client_id: clientId, logout_uri: returnTo }),
    },
  );
}
