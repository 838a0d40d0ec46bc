import { decodeJwt } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { textOf } from './parameter.js';

/**
 * `oidc-provider` forgets `offline_access` unless the user is asked for consent each time. First-party clients ask nobody, as
 * with most hosted servers, so the scope is put back where it was asked for.
 */
export function keepOfflineAccess({ oidc, query }: KoaContextWithOIDC): void {
  const { params } = oidc;
  if (params === undefined) return;
  const pushed = oidc.entities.PushedAuthorizationRequest?.request;
  const scope = pushed === undefined ? (oidc.body?.['scope'] ?? query['scope']) : decodeJwt(pushed)['scope'];
  const kept = textOf(params['scope']);
  if (kept !== '' && isOffline(textOf(scope)) && !isOffline(kept)) params['scope'] = `${kept} offline_access`;
}

function isOffline(scope: string): boolean {
  return scope.split(' ').includes('offline_access');
}
