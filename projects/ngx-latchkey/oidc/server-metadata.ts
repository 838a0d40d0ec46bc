import * as oauth from 'oauth4webapi';
import type { OidcOptions } from './oidc-options';

/** Signatures that only the issuer can make: neither none at all, nor one by a secret that a public client cannot have. */
const ALGORITHMS = [
  ...['RS', 'PS', 'ES'].flatMap(kind => [`${kind}256`, `${kind}384`, `${kind}512`]),
  'EdDSA',
  'Ed25519',
];

/** Milliseconds that a page remembers what it has read. One that is open for weeks signs in where the server is by then. */
const HOUR = 3_600_000;

const known = new Map<string, readonly [readAt: number, server: oauth.AuthorizationServer]>();

/** The server's metadata (OpenID Connect Discovery 1.0), read once an hour; or what the options say in its place. */
export async function serverOf(
  { issuer, endpoints }: OidcOptions,
  wire: oauth.DiscoveryRequestOptions,
): Promise<oauth.AuthorizationServer> {
  if (endpoints !== undefined) {
    return withoutUndefined({
      issuer,
      authorization_endpoint: endpoints.authorization,
      token_endpoint: endpoints.token,
      userinfo_endpoint: endpoints.userInfo,
      revocation_endpoint: endpoints.revocation,
      end_session_endpoint: endpoints.endSession,
      pushed_authorization_request_endpoint: endpoints.pushedAuthorization,
      jwks_uri: endpoints.keys,
      id_token_signing_alg_values_supported: ALGORITHMS,
    });
  }
  const last = known.get(issuer);
  if (last !== undefined && Math.abs(Date.now() - last[0]) < HOUR) return last[1];
  const server = await discover(issuer, wire);
  known.set(issuer, [Date.now(), server]);
  return server;
}

async function discover(
  issuer: string,
  wire: oauth.DiscoveryRequestOptions,
): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, wire));
  // A URL loses what makes two issuers differ: a slash at the end.
  if (server.issuer !== issuer) throw new oauth.OperationProcessingError(`the issuer is "${server.issuer}"`);
  const metadata = withoutUndefined({
    issuer,
    authorization_endpoint: server.authorization_endpoint,
    token_endpoint: server.token_endpoint,
    userinfo_endpoint: server.userinfo_endpoint,
    revocation_endpoint: server.revocation_endpoint,
    end_session_endpoint: server.end_session_endpoint,
    pushed_authorization_request_endpoint: server.pushed_authorization_request_endpoint,
    require_pushed_authorization_requests: server.require_pushed_authorization_requests,
    authorization_response_iss_parameter_supported: server.authorization_response_iss_parameter_supported,
    id_token_signing_alg_values_supported: server.id_token_signing_alg_values_supported?.filter(name =>
      ALGORITHMS.includes(name),
    ),
    jwks_uri: server.jwks_uri,
  });
  const needed = { authorization_endpoint: '', token_endpoint: '' };
  for (const [name, place] of Object.entries({ ...needed, ...metadata })) {
    if (typeof place !== 'string' || name === 'issuer' || isOfTheWeb(place, url.protocol)) continue;
    throw new oauth.OperationProcessingError(`the ${name} is "${place}"`);
  }
  return metadata;
}

/** Pages are led there and secrets are sent there. Only an issuer on a loopback host, which is reached by plain http, may name others that are. */
function isOfTheWeb(place: string, protocol: string): boolean {
  return URL.canParse(place) && ['https:', protocol].includes(new URL(place).protocol);
}

type Metadata = { readonly issuer: string } & {
  readonly [Name in keyof oauth.AuthorizationServer]?: oauth.AuthorizationServer[Name] | undefined;
};

function withoutUndefined(metadata: Metadata): oauth.AuthorizationServer {
  return {
    issuer: metadata.issuer,
    ...Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined)),
  };
}
