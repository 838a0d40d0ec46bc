import type { Rotation, UrlRule } from 'ngx-latchkey/core';
import type { validateApplicationLevelSignature } from 'oauth4webapi';

/** Endpoints of a server whose metadata cannot be read by a browser. With them, discovery is not asked. */
export interface OidcEndpoints {
  /** RFC 6749, section 3.1. */
  readonly authorization: string;
  /** RFC 6749, section 3.2. */
  readonly token: string;
  /** OpenID Connect Core, section 5.3. */
  readonly userInfo?: string;
  /** RFC 7009. Without it a logout leaves the refresh token to its end. */
  readonly revocation?: string;
  /** OpenID Connect RP-Initiated Logout 1.0. Without it a logout ends no session of the server's own. */
  readonly endSession?: string;
  /** RFC 9126. */
  readonly pushedAuthorization?: string;
  /** The keys of its signatures, for `verifySignature`. */
  readonly keys?: string;
}

/** Options of {@link oidc}. */
export interface OidcOptions {
  /** The issuer identifier, exactly as the server writes it, with or without a slash at its end. */
  readonly issuer: string;
  /** A public client, with the authorization code flow and PKCE. */
  readonly clientId: string;
  /** Default `openid profile email offline_access`. Without `offline_access` many servers hand out no refresh token. */
  readonly scope?: string;
  /** Where the user comes back to, absolute or a path of the page's origin; registered with the server. Default: the document's base URL. */
  readonly redirectUri?: string;
  /** Where the user comes back to after a logout. Default: `redirectUri`. */
  readonly postLogoutRedirectUri?: string;
  /** Of a server whose metadata cannot be read by a browser; discovery is not asked then. */
  readonly endpoints?: OidcEndpoints;
  /** Where the token may go. */
  readonly api?: readonly UrlRule[];
  /** Which token goes to the APIs. Default `'access'`. */
  readonly token?: 'access' | 'id';
  /** What the server does with a refresh token that comes twice. Default `'strict'`: it ends the session (RFC 9700, section 4.14.2). */
  readonly rotation?: Rotation;
  /** The API that access tokens are for, by Auth0's parameter. */
  readonly audience?: string;
  /** The API that access tokens are for (RFC 8707). */
  readonly resource?: string;
  /** Further parameters of the authorization request. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the request is pushed (RFC 9126). Default `'when-required'`: where the server says that it wants nothing else. */
  readonly pushedAuthorization?: 'when-required' | 'always';
  /**
   * `() => import('ngx-latchkey/oidc-signature')` verifies the ID token's signature besides. It comes straight from the server by TLS, so that it
   * need not be (OIDC Core 3.1.3.7, 6), and applications that do without do not load what verifies it.
   */
  readonly verifySignature?: () => Promise<{
    readonly verifySignature: typeof validateApplicationLevelSignature;
  }>;
  /** Whether to ask for the user at the UserInfo endpoint, in place of the ID token's claims. */
  readonly userInfo?: boolean;
  /** The claims, of the ID token or the access token, that hold roles; dotted where they are nested. Default `['roles']`. */
  readonly roles?: readonly string[];
  /** The same for permissions. Default `['permissions']`. */
  readonly permissions?: readonly string[];
  /** Seconds by which the clocks of the server and of the page may differ when an ID token is checked. Default 60. */
  readonly clockTolerance?: number;
  /** What a logout does at the server: `'redirect'` (the default) ends its own session too, by going there; `'local'` only revokes the refresh token. */
  readonly logout?: 'redirect' | 'local';
}

/** What `login` takes; all of it optional. */
export interface OidcLogin {
  /** Signs in in a window of its own. */
  readonly popup?: boolean;
  /** The URL of the application to go on with; default: the present one. */
  readonly returnUrl?: string;
  /** `'none'` asks without showing anything: `login-required` where that is not possible. */
  readonly prompt?: 'none' | 'login' | 'consent' | 'select_account' | 'create';
  /** Shows the page on which an account is made, where the server has one. */
  readonly signUp?: boolean;
  /** The name to fill in. */
  readonly loginHint?: string;
  /** The kinds of authentication of which one will do, by preference and with blanks between them (`acr_values`). */
  readonly acrValues?: string;
  /** Seconds since the user last proved who it is, at most. */
  readonly maxAge?: number;
  /** Languages of the server's pages, by preference and with blanks between them (`ui_locales`). */
  readonly uiLocales?: string;
  /** The organization to sign in to, by Auth0's parameter. */
  readonly organization?: string;
  /** The identity provider to go on to, where the server stands before several. */
  readonly identityProvider?: string;
  /** Further parameters, of this request only. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What is peculiar to the servers of one vendor. */
export interface Vendor {
  readonly id: string;
  readonly factory: (...options: never[]) => unknown;
  /** Endpoints that follow from the options, and are no part of the metadata. */
  readonly endSession?: string;
  /** The parameters that stand for those members of a login. */
  readonly signUp?: Readonly<Record<string, string>>;
  /** The last part of the authorization endpoint's path on the way to a sign-up. */
  readonly signUpPath?: readonly [from: RegExp, to: string];
  readonly identityProvider?: string;
  readonly signOut: (facts: SignOutFacts) => Readonly<Record<string, string>>;
  /** Tells the server of a logout where it has no revocation endpoint. */
  readonly endByPost?: boolean;
}

export interface SignOutFacts {
  readonly clientId: string;
  readonly idToken: string | undefined;
  readonly returnTo: string;
  readonly state: string;
}
