import inject, { type InjectOptions, type Response } from 'light-my-request';
import type { Provider } from 'oidc-provider';

/** Where the issuer is mounted. */
export const ISSUER_PATH = '/oidc';

/** Has `oidc-provider` handle a request without a socket. `url` is the whole path, with the query. */
export function askProvider(
  provider: Provider,
  url: string,
  options: Omit<InjectOptions, 'url' | 'path'>,
): Promise<Response> {
  const handle = provider.callback();
  return inject((request, response) => void handle(Object.assign(request, { originalUrl: url }), response), {
    ...options,
    url: url.slice(ISSUER_PATH.length),
  });
}
