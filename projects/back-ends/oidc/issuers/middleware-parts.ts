import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import type { OpenIdStorage } from '../../../auth-server/src/oidc/openid-storage.js';

/** Ends the session of the browser that asks, as its cookie names it; whose it was. Tokens live on. */
export async function endBrowserSession(
  ctx: Context,
  provider: Provider,
  storage: OpenIdStorage,
): Promise<string | undefined> {
  const id = ctx.cookies.get(provider.cookieName('session'));
  const session = id === undefined ? undefined : await provider.Session.find(id);
  if (session !== undefined) storage.remove('Session', session.jti);
  ctx.cookies.set(provider.cookieName('session'), null);
  return session?.accountId;
}

/** The URL with a parameter set, or taken out. */
export function withParameter(url: string, name: string, value: string | undefined): string {
  const changed = new URL(url);
  if (value === undefined) changed.searchParams.delete(name);
  else changed.searchParams.set(name, value);
  return changed.href;
}

/** Where an answer leads, or an empty text. */
export function locationOf({ response }: Context): string {
  return response.headers.location ?? '';
}

/** What kind of token request it was that `oidc-provider` has answered. */
export function grantTypeOf(ctx: Context): string | undefined {
  const { oidc } = ctx as unknown as { readonly oidc?: { readonly params?: object } };
  const asked = (oidc?.params as Readonly<Record<string, unknown>> | undefined)?.['grant_type'];
  return typeof asked === 'string' ? asked : undefined;
}
