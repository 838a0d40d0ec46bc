import type { AuthProvider } from 'ngx-latchkey/core';
import { cognitoHosted, type CognitoHostedOptions } from './cognito-hosted';
import type { OidcActions } from './oidc-actions';
import type { OidcLogin } from './oidc-options';

/**
 * The hosted page of 8base authentication, which is a Cognito user pool. 8base wants the ID token; put `eightBaseApi` on it.
 *
 * Its own SDK asks for tokens in the URL (the implicit flow); this asks for a code, which the app client of the profile has to allow.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example provideAuth(eightBaseHosted({ domain, region, userPoolId, clientId }), withApi(eightBaseApi({ workspaceId, authProfileId })))
 */
export function eightBaseHosted(options: CognitoHostedOptions): AuthProvider<OidcLogin, OidcActions> {
  return { ...cognitoHosted({ token: 'id', ...options }), id: 'eight-base-hosted', factory: eightBaseHosted };
}
