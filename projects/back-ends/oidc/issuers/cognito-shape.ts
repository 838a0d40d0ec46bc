import { endBrowserSession, grantTypeOf, locationOf, withParameter } from './middleware-parts';
import type { IssuerShape } from './issuer-shape';

/** A user pool of Cognito behind its managed login: the issuer is elsewhere, renewals bring no refresh token, groups are the roles. */
export const COGNITO_SHAPE: IssuerShape = {
  issuerPath: '/eu-west-1_Demo',
  routes: {
    authorization: '/oauth2/authorize',
    token: '/oauth2/token',
    userinfo: '/oauth2/userInfo',
    jwks: '/.well-known/jwks.json',
    revocation: '/oauth2/revoke',
  },
  asksForOffline: false,
  rotates: false,
  resource: () => 'urn:cognito:user-pool',
  idTokenClaims: ({ username, roles }) => ({
    token_use: 'id',
    'cognito:username': username,
    'cognito:groups': roles,
  }),
  // Cognito's have no `aud`, which `oidc-provider` insists on.
  accessTokenClaims: ({ username, roles }, clientId, { auth_time }) => ({
    auth_time,
    token_use: 'access',
    client_id: clientId,
    username,
    'cognito:groups': roles,
  }),
  middleware({ provider, storage, mayReturn }) {
    return async (ctx, next) => {
      if (ctx.path === '/logout') {
        const back = String(ctx.query['logout_uri']);
        if (ctx.query['client_id'] === undefined || !mayReturn(back))
          ctx.throw(400, 'Required String parameter');
        await endBrowserSession(ctx, provider, storage);
        ctx.redirect(back);
        return;
      }
      if (ctx.path === '/signup') ctx.url = ctx.url.replace('/signup?', '/oauth2/authorize?sign_up=1&');
      await next();
      const location = locationOf(ctx);
      if (location.includes('iss=')) ctx.set('location', withParameter(location, 'iss', undefined));
      if (ctx.path !== '/oauth2/token' || typeof ctx.body !== 'object') return;
      const { refresh_token: secret, error, ...rest } = ctx.body as Readonly<Record<string, unknown>>;
      if (typeof error === 'string') ctx.body = { error };
      else ctx.body = grantTypeOf(ctx) === 'refresh_token' ? rest : { ...rest, refresh_token: secret };
    };
  },
};
