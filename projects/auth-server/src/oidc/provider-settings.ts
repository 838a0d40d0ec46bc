import { randomBytes } from 'node:crypto';
import type { Configuration, ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import type { Core } from '../core.js';
import { isAllowedOrigin } from '../origins.js';
import { LEVELS } from './authentication-level.js';
import { CLIENTS } from './clients.js';
import { grantToOwnClient } from './grants.js';
import type { loadProvider } from './load-provider.js';
import { loginPolicy } from './login-policy.js';
import { errorPage, LOGGED_OUT_PAGE, logoutPage } from './logout-pages.js';
import { openIdAdapter } from './openid-adapter.js';
import { CLAIMS_OF_SCOPES, openIdClaims, SCOPES } from './openid-claims.js';
import type { OpenIdStorage } from './openid-storage.js';
import { keepOfflineAccess } from './offline-access.js';
import { sendPage } from './page.js';
import type { OpenIdSigningKey } from './signing-key.js';
import { keepAccessToken } from './access-token-claims.js';

type Library = Awaited<ReturnType<typeof loadProvider>>;

/** A grant outlives every refresh token under it. Seconds. */
const GRANT_LIFETIME = 31_536_000;
const CODE_LIFETIME = 60;
const INTERACTION_LIFETIME = 3600;

/** How `oidc-provider` is set up. `origin` is the server's address as this issuer's clients know it. */
export function providerSettings(
  core: Core,
  library: Library,
  storage: OpenIdStorage,
  key: OpenIdSigningKey,
  origin: string,
): Configuration {
  const accessTokenLifetime = (): number => Math.ceil(core.policy.accessTokenLifetime);
  const refreshTokenLifetime = (): number => Math.ceil(core.policy.refreshTokenLifetime);
  const isOwnApi = (resource: string): boolean =>
    resource === `${origin}/api` || resource.startsWith(`${origin}/api/`);
  return {
    adapter: openIdAdapter(storage, token => key.idOf(token)),
    jwks: { keys: [key.jwk] },
    clients: [...CLIENTS],
    clientBasedCORS: (_ctx, from) => isAllowedOrigin(from, core.settings.origins),
    findAccount: (_ctx, id) => {
      const user = core.users.byId(id);
      return user && { accountId: id, claims: async () => openIdClaims(user) };
    },
    claims: CLAIMS_OF_SCOPES,
    scopes: SCOPES,
    acrValues: LEVELS,
    allowOmittingSingleRegisteredRedirectUri: false,
    conformIdTokenClaims: false,
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    extraParams: { offline_access: ctx => keepOfflineAccess(ctx) },
    loadExistingGrant: grantToOwnClient,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    rotateRefreshToken: true,
    formats: {
      customizers: {
        jwt: ({ oidc: { entities } }, token, jwt) => {
          const { AuthorizationCode: code, RefreshToken: refreshToken } = entities;
          const { acr, authTime: auth_time } = refreshToken ?? code ?? {};
          keepAccessToken(core, storage, token, jwt, { acr, auth_time, gen: refreshToken?.rotations ?? 0 });
        },
      },
    },
    ttl: {
      AccessToken: accessTokenLifetime,
      IdToken: accessTokenLifetime,
      RefreshToken: refreshTokenLifetime,
      Session: refreshTokenLifetime,
      Grant: GRANT_LIFETIME,
      AuthorizationCode: CODE_LIFETIME,
      Interaction: INTERACTION_LIFETIME,
    },
    cookies: {
      names: {
        session: 'latchkey_openid',
        interaction: 'latchkey_openid_login',
        resume: 'latchkey_openid_resume',
      },
      long: { path: '/oidc', httpOnly: true, sameSite: 'lax' },
    },
    interactions: { policy: loginPolicy(library), url: (_ctx, { uid }) => `/oidc/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      introspection: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      dPoP: {
        enabled: true,
        nonceSecret: randomBytes(32),
        requireNonce: () => core.policy.dpopNonce === 'required',
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${origin}/api`,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (!isOwnApi(resource)) throw new library.errors.InvalidTarget();
          return { scope: SCOPES.join(' '), accessTokenFormat: 'jwt', jwt: { sign: { alg: key.algorithm } } };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => sendPage(ctx, logoutPage(form, ctx.oidc.client !== undefined)),
        postLogoutSuccessSource: ctx => sendPage(ctx, LOGGED_OUT_PAGE),
      },
    },
    renderError: (ctx: KoaContextWithOIDC, out: ErrorOut) => sendPage(ctx, errorPage(out)),
  };
}
