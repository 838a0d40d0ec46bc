import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import type { IssuerMiddleware, IssuerUser } from './issuer-shape';

/** The page on which users sign in, or make an account where that was asked for. Nobody is asked for consent. */
export function loginPages(provider: Provider, users: Map<string, IssuerUser>): IssuerMiddleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/login/')) {
      await next();
      return;
    }
    const { params, prompt } = await provider.interactionDetails(ctx.req, ctx.res);
    const isNew = params['sign_up'] === '1' || params['screen_hint'] === 'signup' || prompt.name === 'create';
    if (ctx.method === 'GET') {
      ctx.body = `<h1>${isNew ? 'Sign up' : 'Sign in'}</h1><form method="post"><input name="username"><input name="password"><button>Sign in</button></form>`;
      return;
    }
    const form = new URLSearchParams(await text(ctx.req));
    const username = form.get('username') ?? '';
    if (isNew)
      users.set(username, { username, name: username, email: `${username}@example.test`, roles: [] });
    const known = users.has(username) && form.get('password') === `latchkey-${username}`;
    const result = known
      ? { login: { accountId: username }, ...(prompt.name === 'create' && { create: {} }) }
      : { error: 'access_denied', error_description: 'The user did not sign in.' };
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  };
}
