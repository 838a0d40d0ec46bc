import type { ServerKind } from './schema';

/** A Keycloak realm's URL in its parts. */
export const REALM = /^(.*)\/realms\/([^/]+)$/;
/** A Cognito pool's URL as an issuer: the region and the pool. */
export const POOL = /^https:\/\/cognito-idp\.([\w-]+)\.amazonaws\.com(?:\.cn)?\/([^/]+)$/;
/** The domain of a Cognito pool's managed login, with the region. */
export const POOL_DOMAIN = /^https:\/\/[\w-]+\.auth(?:-fips)?\.([\w-]+)\.amazoncognito\.com$/;

const AUTH0 = /^https:\/\/([\w-]+\.)+auth0\.com$/;

/** What a server is whose URL alone tells. */
export function kindByAddress(url: string): ServerKind | undefined {
  if (REALM.test(url)) return 'keycloak';
  if (AUTH0.test(url)) return 'auth0';
  if (POOL.test(url) || POOL_DOMAIN.test(url)) return 'cognito-hosted';
  return undefined;
}
