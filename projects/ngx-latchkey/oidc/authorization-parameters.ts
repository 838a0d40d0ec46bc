import type { OidcLogin, OidcOptions, Vendor } from './oidc-options';

/** What is new in each request. */
interface Secrets {
  readonly state: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
  /** Of the key that the code, and the tokens for it, are bound to. */
  readonly keyThumbprint: string | undefined;
}

/** The authorization request (OIDC Core 3.1.2.1; RFC 7636, section 4.3). */
export function authorizationParameters(
  options: OidcOptions,
  vendor: Vendor,
  login: OidcLogin,
  { state, nonce, challenge, redirectUri, keyThumbprint }: Secrets,
): URLSearchParams {
  const optional = {
    audience: options.audience,
    resource: options.resource,
    prompt: login.prompt,
    login_hint: login.loginHint,
    acr_values: login.acrValues,
    max_age: login.maxAge?.toString(),
    ui_locales: login.uiLocales,
    organization: login.organization,
    [vendor.identityProvider ?? 'idp']: login.identityProvider,
    ...(login.signUp && vendor.signUp),
    ...options.parameters,
    ...login.parameters,
  };
  const given = Object.entries(optional).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  // Whatever else is asked for, these are not for an option to change.
  return new URLSearchParams({
    ...Object.fromEntries(given),
    client_id: options.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: options.scope ?? 'openid profile email offline_access',
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(keyThumbprint !== undefined && { dpop_jkt: keyThumbprint }),
  });
}
