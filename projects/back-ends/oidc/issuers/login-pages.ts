import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { ONE_TIME_CODE } from '../../../auth-server/src/oidc/authentication-level.js';
import type { IssuerMiddleware, IssuerUser, StrongSignIn } from './issuer-shape';
import { TOO_WEAK, wantsSecondFactor } from './second-factor';

/**
 * The page on which users sign in, or make an account where that was asked for, and give the second factor where that is wanted.
 * Nobody is asked for consent.
 */
export function loginPages(
  provider: Provider,
  users: Map<string, IssuerUser>,
  strong?: StrongSignIn,
): IssuerMiddleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/login/')) {
      await next();
      return;
    }
    const { params, prompt, session } = await provider.interactionDetails(ctx.req, ctx.res);
    const isNew = params['sign_up'] === '1' || params['screen_hint'] === 'signup' || prompt.name === 'create';
    const wantsCode = wantsSecondFactor(params, strong);
    // Who is signed in gives the code only.
    const signedIn = prompt.reasons.every(reason => reason === TOO_WEAK) ? session?.accountId : undefined;
    if (ctx.method === 'GET') {
      const password = signedIn === undefined ? '<input name="username"><input name="password">' : '';
      const code = wantsCode ? '<input name="code">' : '';
      const button = signedIn === undefined ? 'Sign in' : 'Confirm';
      ctx.body = `<h1>${isNew ? 'Sign up' : 'Sign in'}</h1><form method="post">${password}${code}<button>${button}</button></form>`;
      return;
    }
    const form = new URLSearchParams(await text(ctx.req));
    const username = signedIn ?? form.get('username') ?? '';
    if (isNew)
      users.set(username, { username, name: username, email: `${username}@example.test`, roles: [] });
    const known =
      users.has(username) &&
      (signedIn !== undefined || form.get('password') === `latchkey-${username}`) &&
      (!wantsCode || form.get('code') === ONE_TIME_CODE);
    const acr = wantsCode ? { acr: strong.secondFactor, amr: ['pwd', 'otp', 'mfa'] } : {};
    const result = known
      ? { login: { accountId: username, ...acr }, ...(prompt.name === 'create' && { create: {} }) }
      : { error: 'access_denied', error_description: 'The user did not sign in.' };
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  };
}
