import type { AccessToken, ClientCredentials, JWTStructured, KoaContextWithOIDC } from 'oidc-provider';
import type { OpenIdStorage } from '../../../auth-server/src/oidc/openid-storage.js';
import type { IssuerShape, IssuerUser } from './issuer-shape';

/** Who issues it, and to whom. */
interface Issuing {
  readonly shape: IssuerShape;
  readonly users: ReadonlyMap<string, IssuerUser>;
  readonly storage: OpenIdStorage;
}

/** Puts the vendor's claims into an access token, and keeps it so that its own UserInfo endpoint takes it. */
export function keepAccessToken(
  { shape, users, storage }: Issuing,
  { oidc: { entities } }: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
  jwt: JWTStructured,
): void {
  if (token.kind !== 'AccessToken') return;
  const { jti = '', iat, exp } = jwt.payload as { jti?: string; iat: number; exp: number };
  const { kind, accountId, clientId, grantId, gty, scope, sid, sessionUid, claims, jkt } = token;
  const kept = {
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
    claims,
    jkt,
  };
  storage.put('AccessToken', jti, kept, exp - iat);
  const user = users.get(accountId);
  const { acr, authTime: auth_time } = entities.RefreshToken ?? entities.AuthorizationCode ?? {};
  jwt.payload = {
    ...jwt.payload,
    ...(user && shape.accessTokenClaims(user, clientId ?? '', { acr, auth_time })),
  };
}
