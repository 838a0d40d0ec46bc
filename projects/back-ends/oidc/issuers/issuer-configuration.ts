import { randomBytes } from 'node:crypto';
import type { Configuration, interactionPolicy } from 'oidc-provider';
import { grantToOwnClient } from '../../../auth-server/src/oidc/grants.js';
import { keepOfflineAccess } from '../../../auth-server/src/oidc/offline-access.js';
import { openIdAdapter } from '../../../auth-server/src/oidc/openid-adapter.js';
import type { OpenIdStorage } from '../../../auth-server/src/oidc/openid-storage.js';
import { textOf } from '../../../auth-server/src/oidc/parameter.js';
import type { OpenIdSigningKey } from '../../../auth-server/src/oidc/signing-key.js';
import type { IssuerSettings, IssuerShape, IssuerUser } from './issuer-shape';
import { keepAccessToken } from './keep-access-token';

/** What an issuer is made of. */
interface Ingredients {
  readonly shape: IssuerShape;
  readonly settings: IssuerSettings;
  readonly users: ReadonlyMap<string, IssuerUser>;
  readonly storage: OpenIdStorage;
  readonly key: OpenIdSigningKey;
  readonly clientId: string;
  readonly prompts: interactionPolicy.DefaultPolicy;
}

/** An access token without an API stays opaque. */
const NONE: readonly string[] = [];

const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/** How `oidc-provider` is set up to look like a vendor's server. */
export function issuerConfiguration(ingredients: Ingredients): Configuration {
  const { shape, settings, users, storage, key, clientId, prompts } = ingredients;
  const claimsOf = (username: string): Record<string, unknown> => {
    const user = users.get(username);
    if (user === undefined) return {};
    return { name: user.name, email: user.email, email_verified: true, ...shape.idTokenClaims(user) };
  };
  const known = Object.keys(claimsOf('ada')).filter(claim => !/^(name|email.*)$/.test(claim));

  return {
    // Opaque tokens are their own ids.
    adapter: openIdAdapter(storage, async token => (await key.idOf(token)) ?? token),
    jwks: { keys: [key.jwk] },
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        // What is really allowed is said elsewhere; one has to be named.
        redirect_uris: ['http://localhost/callback'],
      },
    ],
    routes: shape.routes,
    scopes: SCOPES,
    acrValues: shape.strong === undefined ? [] : [shape.strong.secondFactor],
    claims: { openid: ['sub', ...known], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    extraParams: {
      offline_access: ctx => {
        keepOfflineAccess(ctx);
      },
      audience: null,
      sign_up: null,
      screen_hint: null,
      connection: null,
      organization: null,
    },
    findAccount: (_ctx, id) =>
      users.has(id) ? { accountId: id, claims: async () => ({ sub: id, ...claimsOf(id) }) } : undefined,
    loadExistingGrant: grantToOwnClient,
    issueRefreshToken: async (_ctx, _client, source) =>
      !shape.asksForOffline || source.scopes.has('offline_access'),
    rotateRefreshToken: shape.rotates,
    // With all of these vendors a renewal keeps a login alive.
    expiresWithSession: async () => false,
    formats: {
      customizers: {
        jwt: (ctx, token, jwt) => {
          keepAccessToken(ingredients, ctx, token, jwt);
        },
      },
    },
    ttl: {
      AccessToken: () => settings.accessTokenLifetime,
      IdToken: () => settings.accessTokenLifetime,
      RefreshToken: () => settings.refreshTokenLifetime,
      Session: () => settings.refreshTokenLifetime,
      Grant: 31_536_000,
      AuthorizationCode: 60,
      Interaction: 3600,
    },
    cookies: { keys: [] },
    interactions: { policy: prompts, url: (_ctx, { uid }) => `/login/${uid}` },
    features: {
      devInteractions: { enabled: false },
      dPoP: {
        enabled: shape.strong !== undefined,
        ...(shape.strong?.nonces === true && { nonceSecret: randomBytes(32), requireNonce: () => true }),
      },
      revocation: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        defaultResource: ctx => shape.resource(textOf(ctx.oidc.params?.['audience'])) ?? NONE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: SCOPES.join(' '), accessTokenFormat: 'jwt' }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<h1>Do you want to sign out?</h1>${form}`;
        },
      },
    },
    renderError: (ctx, { error }) => {
      ctx.body = error;
    },
  };
}
