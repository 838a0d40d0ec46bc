import type { AccessToken, ClientCredentials, JWTStructured } from 'oidc-provider';
import type { Core } from '../core.js';
import { accessTokenClaims } from './openid-claims.js';
import type { OpenIdStorage } from './openid-storage.js';
import { inServerTime } from './server-time.js';

/**
 * Puts the user's claims into an access token and dates it by the server's clock. `oidc-provider` forgets a JWT once it is
 * signed; kept by its id it can be ended before its time, and the userinfo endpoint takes it although its audience is the API.
 */
export function keepAccessToken(
  core: Core,
  storage: OpenIdStorage,
  token: AccessToken | ClientCredentials,
  jwt: JWTStructured,
  generation: number,
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
  const own = user === undefined ? {} : accessTokenClaims(user, generation);
  jwt.payload = inServerTime({ ...own, ...jwt.payload }, core.clock);
}
