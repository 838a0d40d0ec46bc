import {
  type AuthHttp,
  type AuthProvider,
  type Held,
  type Json,
  memberAt,
  redirectFlow,
  secureUrl,
} from 'ngx-latchkey/core';
import { loaded } from './loaded';
import { type OidcActions, oidcActions } from './oidc-actions';
import type { OidcLogin, OidcOptions, Vendor } from './oidc-options';
import { oidcSession } from './oidc-session';
import { cleanedUrl, stateIn } from './redirect-uri';
import { signOutUrl } from './sign-out';

const GENERIC: Vendor = {
  id: 'oidc',
  factory: oidc,
  signUp: { prompt: 'create' },
  signOut: ({ clientId, idToken, returnTo, state }) => ({
    ...(idToken !== undefined && { id_token_hint: idToken }),
    client_id: clientId,
    post_logout_redirect_uri: returnTo,
    state,
  }),
};

/**
 * Any OpenID Connect server: authorization code with PKCE (S256), and no other flow.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example
 * provideAuth(oidc({ issuer: 'https://login.example.com', clientId: 'web', api: ['https://api.example.com'] }))
 * // in a component: auth.login({ returnUrl: '/account' }), or auth.login({ popup: true })
 */
export function oidc(options: OidcOptions): AuthProvider<OidcLogin, OidcActions> {
  return oidcOf(options, GENERIC);
}

/** An OpenID Connect server with the ways of its vendor. */
export function oidcOf(options: OidcOptions, vendor: Vendor): AuthProvider<OidcLogin, OidcActions> {
  secureUrl(options.issuer);
  // Where the sign-in that is about to end was led to: a vault wants to know where its token may go before anything is held.
  let found: Json = null;
  const endpoints = Object.values(options.endpoints ?? {}).map(url => secureUrl(String(url)).href);
  return {
    id: vendor.id,
    // A host may have many issuers.
    audience: `${options.issuer} ${options.clientId}`,
    endpoints: [options.issuer, ...endpoints],
    signIn: {
      async start(input, http) {
        const { begin } = await authorization();
        return begin(options, vendor, input, http);
      },
      callback: {
        stateIn: url => stateIn(url, options),
        cleaned: cleanedUrl,
        async complete(url: URL, transaction: Json, http: AuthHttp) {
          found = transaction;
          const { complete } = await authorization();
          return complete(options, vendor, url, transaction, http);
        },
        signOut: (held: Held, state: string) => signOutUrl(options, vendor, held, state),
        flow: () => redirectFlow(),
      },
    },
    session: oidcSession(options, vendor, name => textAt(found, `server.${name}`)),
    api: { origins: options.api ?? [] },
    actions: context => oidcActions(options, context),
    factory: vendor.factory,
  };
}

function textAt(data: Json, path: string): string | undefined {
  const found = memberAt(data, path);
  return typeof found === 'string' ? found : undefined;
}

/** The part of the protocol that only a sign-in needs. */
function authorization(): Promise<typeof import('./authorization')> {
  return loaded(() => import('./authorization'));
}
