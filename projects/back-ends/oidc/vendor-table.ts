import type { AuthProvider } from 'ngx-latchkey/core';
import { type OidcLogin, type OidcOptions, auth0, cognitoHosted, keycloak, oidc } from 'ngx-latchkey/oidc';
import { APPLICATION } from './node-browser';
import { CLIENT_ID, type Issuer, type ShapeName } from './start-issuer';

export type Options = Partial<Omit<OidcOptions, 'issuer' | 'endpoints'>>;

/** What differs between the vendors, as a specification of what the presets have to cope with. */
export interface Vendor {
  readonly name: string;
  readonly shape: ShapeName;
  readonly provider: (issuer: Issuer, more: Options) => AuthProvider<OidcLogin>;
  readonly roles: readonly string[];
  readonly rotates: boolean;
  /** The path and the parameters with which a page is left that signs up. */
  readonly signUp: readonly [path: string, parameters: Readonly<Record<string, string>>];
  /** The path and the names of the parameters with which a page is left that logs out. */
  readonly logout: readonly [path: string, parameters: readonly string[]];
  /** The module of the conformance suite that covers it, in brackets, if any. */
  readonly logoutModule: string;
  /** The endpoint that is told of a logout. */
  readonly revocation: string;
}

/** What the application says of itself to all of them. */
export const BASE = { clientId: CLIENT_ID, redirectUri: APPLICATION };

const RP_INITIATED_LOGOUT = ' [oidcc-client-test-rp-init-logout]';

export const VENDORS: readonly Vendor[] = [
  {
    name: 'oidc()',
    shape: 'generic',
    provider: ({ issuer }, more) => oidc({ ...BASE, issuer, ...more }),
    roles: ['admin', 'shop:edit'],
    rotates: true,
    signUp: ['/auth', { prompt: 'create' }],
    logout: ['/session/end', ['client_id', 'id_token_hint', 'post_logout_redirect_uri', 'state']],
    logoutModule: RP_INITIATED_LOGOUT,
    revocation: '/token/revocation',
  },
  {
    name: 'keycloak()',
    shape: 'keycloak',
    provider: ({ address }, more) => keycloak({ ...BASE, url: address, realm: 'demo', ...more }),
    roles: ['admin', 'shop:edit'],
    rotates: true,
    signUp: ['/realms/demo/protocol/openid-connect/registrations', {}],
    logout: [
      '/realms/demo/protocol/openid-connect/logout',
      ['client_id', 'id_token_hint', 'post_logout_redirect_uri', 'state'],
    ],
    logoutModule: RP_INITIATED_LOGOUT,
    revocation: '/protocol/openid-connect/logout',
  },
  {
    name: 'auth0()',
    shape: 'auth0',
    provider: ({ address }, more) =>
      auth0({
        ...BASE,
        domain: address,
        audience: 'https://api.example.com/',
        roles: ['https://shop.example.com/roles'],
        ...more,
      }),
    roles: ['admin', 'shop:edit'],
    rotates: true,
    signUp: ['/authorize', { screen_hint: 'signup', audience: 'https://api.example.com/' }],
    logout: ['/v2/logout', ['client_id', 'returnTo']],
    logoutModule: '',
    revocation: '/oauth/revoke',
  },
  {
    name: 'cognitoHosted()',
    shape: 'cognito',
    provider: ({ address, issuer }, more) =>
      cognitoHosted({
        ...BASE,
        domain: address,
        region: 'eu-west-1',
        userPoolId: 'eu-west-1_Demo',
        issuer,
        ...more,
      }),
    roles: ['admin', 'shop:edit'],
    rotates: false,
    signUp: ['/signup', {}],
    logout: ['/logout', ['client_id', 'logout_uri']],
    logoutModule: '',
    revocation: '/oauth2/revoke',
  },
];
