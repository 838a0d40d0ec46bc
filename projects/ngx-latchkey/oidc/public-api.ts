/** OpenID Connect. */
export { auth0, type Auth0Options } from './auth0';
export { cognitoHosted, type CognitoHostedOptions } from './cognito-hosted';
export { cookieSession, type CookieSessionLogin, type CookieSessionOptions } from './cookie-session';
export { eightBaseHosted } from './eight-base-hosted';
export { keycloak, type KeycloakOptions } from './keycloak';
export { oidc } from './oidc';
export type { OidcActions } from './oidc-actions';
export type { OidcEndpoints, OidcLogin, OidcOptions } from './oidc-options';
