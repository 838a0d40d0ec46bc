import type { AccessToken, ClientCredentials, JWTStructured } from 'oidc-provider';
import type { Core } from '../core.js';
import { accessTokenClaims } from './openid-claims.js';
import type { OpenIdStorage } from './openid-storage.js';
import { inServerTime } from './server-time.js';

/** What an access token says of the sign-in it came from (RFC 9470 section 6.1). */
export interface LoginClaims {
  readonly acr: string | undefined;
  /** Seconds since the epoch, in real time. */
  readonly auth_time: number | undefined;
  /** Counts refreshes. */
  readonly gen: number;
}

/**
 * Puts the user's claims into an access token and dates it by the server's clock. `oidc-provider` forgets a JWT once it is
 * signed; kept by its id it can be ended before its time, and the userinfo endpoint takes it although its audience is the API.
 */
export function keepAccessToken(
  core: Core,
  storage: OpenIdStorage,
  token: AccessToken | ClientCredentials,
  jwt: JWTStructured,
  login: LoginClaims,
): void {
  const { iat, exp, jti } = jwt.payload;
  const isWhole = typeof iat === 'number' && typeof exp === 'number' && typeof jti === 'string';
  if (token.kind !== 'AccessToken' || !isWhole) return;
  const { kind, accountId, clientId, grantId, gty, scope, sid, sessionUid, expiresWithSession, claims, jkt } =
    token;
  const payload = {
    jti,
    iat,
    exp,
    kind,
    accountId,
    clientId,
    grantId,
    gty,
    scope,
    sid,
    sessionUid,
    expiresWithSession,
    claims,
    jkt,
  };
  storage.put('AccessToken', jti, payload, exp - iat);
  const user = core.users.byId(accountId);
  const own = user === undefined ? {} : accessTokenClaims(user);
  jwt.payload = inServerTime({ ...own, ...login, ...jwt.payload }, core.clock);
}
