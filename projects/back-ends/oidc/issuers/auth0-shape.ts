import { endBrowserSession, locationOf, withParameter } from './middleware-parts';
import type { IssuerShape } from './issuer-shape';

/** By an Action: it may not write an `acr` into access tokens, but claims with a namespace. */
const ACR_CLAIM = 'https://shop.example.com/acr';
const AUTH_TIME_CLAIM = 'https://shop.example.com/auth_time';

/** A tenant of Auth0: a slash at the end of its name, an API by `audience`, refusals with 403, a logout of its own. */
export const AUTH0_SHAPE: IssuerShape = {
  issuerPath: '/',
  routes: {
    authorization: '/authorize',
    token: '/oauth/token',
    userinfo: '/userinfo',
    end_session: '/oidc/logout',
    jwks: '/.well-known/jwks.json',
    revocation: '/oauth/revoke',
  },
  asksForOffline: true,
  rotates: true,
  strong: {
    secondFactor: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
    acrClaim: ACR_CLAIM,
    authTimeClaim: AUTH_TIME_CLAIM,
    nonces: true,
  },
  resource: audience => audience || undefined,
  idTokenClaims: ({ roles }) => ({ 'https://shop.example.com/roles': roles }),
  accessTokenClaims: ({ roles }, clientId, { acr, auth_time }) => ({
    azp: clientId,
    [ACR_CLAIM]: acr,
    [AUTH_TIME_CLAIM]: auth_time,
    permissions: roles.map(role => `act-as:${role}`),
  }),
  middleware({ provider, storage, mayReturn }) {
    return async (ctx, next) => {
      if (ctx.path === '/v2/logout') {
        const back = String(ctx.query['returnTo']);
        if (ctx.query['client_id'] === undefined || !mayReturn(back)) {
          ctx.throw(400, 'The "returnTo" querystring parameter is not defined as a valid URL');
        }
        await endBrowserSession(ctx, provider, storage);
        ctx.redirect(back);
        return;
      }
      await next();
      const location = locationOf(ctx);
      if (location.includes('iss=')) ctx.set('location', withParameter(location, 'iss', undefined));
      const { error } = (ctx.body ?? {}) as { readonly error?: string };
      if (ctx.path === '/oauth/token' && error === 'invalid_grant') {
        ctx.status = 403;
        ctx.body = { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' };
      }
    };
  },
};
