import type { ApiSide, AuthProvider } from 'ngx-latchkey/core';
import type { AuthFeature } from './auth-feature';
import { composedProvider } from './composed-provider';
import { API_SIDE } from './auth-setup';

/**
 * Sends the tokens of one back end to the APIs of another: an Auth0 token to 8base, a Firebase token to Space Cloud.
 *
 * @param side the APIs, such as `spaceCloudApi(…)` or `eightBaseApi(…)`; they take the place of the provider's own
 *
 * @example provideAuth(firebase({ … }), withApi(spaceCloudApi({ url, project: 'shop' })))
 */
export function withApi(side: ApiSide): AuthFeature<'api'> {
  const compose = (provider: AuthProvider): AuthProvider => composedProvider(provider, side);
  return { ɵkind: 'api', ɵproviders: [{ provide: API_SIDE, useValue: compose }] };
}
