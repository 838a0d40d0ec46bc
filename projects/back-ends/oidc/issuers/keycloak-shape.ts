import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { endBrowserSession, locationOf, withParameter } from './middleware-parts';
import type { IssuerShape } from './issuer-shape';

const PROTOCOL = '/protocol/openid-connect';

/** A realm of Keycloak: JWT access tokens with roles, refresh tokens without `offline_access`, a logout by POST. */
export const KEYCLOAK_SHAPE: IssuerShape = {
  issuerPath: '/realms/demo',
  routes: {
    authorization: `${PROTOCOL}/auth`,
    token: `${PROTOCOL}/token`,
    userinfo: `${PROTOCOL}/userinfo`,
    end_session: `${PROTOCOL}/logout`,
    jwks: `${PROTOCOL}/certs`,
    revocation: `${PROTOCOL}/revoke`,
  },
  asksForOffline: false,
  // Each renewal brings a new refresh token; the old one is good as long as "Revoke Refresh Token" is off.
  rotates: true,
  // Names of levels are the realm's own; the nonces of RFC 9449 are none of Keycloak's.
  strong: {
    secondFactor: 'urn:latchkey:second-factor',
    acrClaim: 'acr',
    authTimeClaim: 'auth_time',
    nonces: false,
  },
  resource: () => 'urn:keycloak:account',
  idTokenClaims: ({ username }) => ({ preferred_username: username }),
  accessTokenClaims: ({ roles }, clientId, signIn) => ({
    ...signIn,
    typ: 'Bearer',
    azp: clientId,
    realm_access: { roles: roles.filter(role => !role.includes(':')) },
    resource_access: { [clientId]: { roles: roles.filter(role => role.includes(':')) } },
  }),
  middleware({ provider, storage, settings, mayReturn }) {
    const sessionState = randomUUID();
    return async (ctx, next) => {
      const { path, method } = ctx;
      if (path === `${PROTOCOL}/registrations`) {
        ctx.url = ctx.url.replace('/registrations?', '/auth?sign_up=1&');
        await next();
      } else if (path === `${PROTOCOL}/logout` && method === 'POST') {
        const form = new URLSearchParams(await text(ctx.req));
        const token = await provider.RefreshToken.find(form.get('refresh_token') ?? '');
        ctx.status = token === undefined ? 400 : 204;
        if (token === undefined)
          ctx.body = { error: 'invalid_grant', error_description: 'Invalid refresh token' };
        else storage.endAll(token.accountId);
        return;
      } else if (path === `${PROTOCOL}/logout` && ctx.query['id_token_hint'] !== undefined) {
        const account = await endBrowserSession(ctx, provider, storage);
        if (account !== undefined) storage.endAll(account);
        const back = String(ctx.query['post_logout_redirect_uri']);
        if (!mayReturn(back)) ctx.throw(400, 'Invalid redirect uri');
        ctx.redirect(withParameter(back, 'state', String(ctx.query['state'])));
        return;
      } else {
        await next();
      }
      const location = locationOf(ctx);
      if (location.includes('code='))
        ctx.set('location', withParameter(location, 'session_state', sessionState));
      const { body } = ctx;
      if (path === `${PROTOCOL}/token` && ctx.status === 200 && typeof body === 'object') {
        ctx.body = {
          ...body,
          refresh_expires_in: settings.refreshTokenLifetime,
          'not-before-policy': 0,
          session_state: sessionState,
        };
      }
    };
  },
};
