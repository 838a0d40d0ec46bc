import type { IdentifiedServer } from './identify-server';
import { POOL, POOL_DOMAIN, REALM } from './kind-by-address';

/** What stands in the code for a value that only a person knows; easily found there. */
export const PLACEHOLDER = /^YOUR_[A-Z_]+$/;

type Options = Readonly<Record<string, string>>;

/** The options of the provider for a server, by their names, in order. */
export function providerOptions(
  { kind, metadata }: IdentifiedServer,
  url: string,
  typedClientId = '',
): Options {
  const clientId = typedClientId.trim() === '' ? 'YOUR_CLIENT_ID' : typedClientId.trim();
  switch (kind) {
    case 'oidc':
      return { issuer: metadata?.issuer ?? url, clientId };
    case 'keycloak': {
      const [, base = url, realm = 'YOUR_REALM'] = REALM.exec(url) ?? [];
      return { url: base, realm: decoded(realm), clientId };
    }
    case 'auth0':
      return { domain: url.replace(/^https:\/\//, ''), clientId };
    case 'cognito-hosted':
      return { domain: loginDomain(url, metadata?.authorizationEndpoint), ...pool(url), clientId };
    case 'cognito':
      return { ...pool(url), clientId };
    case 'firebase':
      return { apiKey: 'YOUR_API_KEY', projectId: 'YOUR_PROJECT_ID' };
    case 'space-cloud':
      return { url, project: 'YOUR_PROJECT', database: 'YOUR_DATABASE' };
    case 'eight-base':
      return { workspaceId: 'YOUR_WORKSPACE_ID', authProfileId: 'YOUR_AUTH_PROFILE_ID' };
    default:
      return { url };
  }
}

function pool(url: string): Options {
  const [, region = POOL_DOMAIN.exec(url)?.[1] ?? 'YOUR_REGION', userPoolId = 'YOUR_USER_POOL_ID'] =
    POOL.exec(url) ?? [];
  return { region, userPoolId };
}

/** Whose issuer is at one address, and whose pages are at another. */
function loginDomain(url: string, authorizationEndpoint: string | undefined): string {
  const [, domain] = /^(https:\/\/[^/]+)\/oauth2\/authorize$/.exec(authorizationEndpoint ?? '') ?? [];
  return domain ?? (POOL.test(url) ? 'YOUR_DOMAIN' : url);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign that is itself.
    return part;
  }
}
