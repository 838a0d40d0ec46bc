import type { ClaimValue, User } from '../state.js';

/** Which claims a scope brings, in the ID token and at the userinfo endpoint. */
export const CLAIMS_OF_SCOPES = {
  openid: ['sub'],
  profile: ['name', 'preferred_username'],
  email: ['email', 'email_verified'],
  roles: ['roles', 'permissions'],
};

export const SCOPES: readonly string[] = [...Object.keys(CLAIMS_OF_SCOPES), 'offline_access'];

/** Everything the issuer can say about a user. */
export function openIdClaims(user: User): { readonly sub: string; readonly [claim: string]: ClaimValue } {
  const { id: sub, username, name, email, emailVerified, roles, permissions } = user;
  return {
    sub,
    name,
    preferred_username: username,
    email,
    email_verified: emailVerified,
    roles,
    permissions,
  };
}

/** What the sample APIs' rules look at, in the access token. */
export function accessTokenClaims(user: User): Record<string, ClaimValue> {
  const { name, email, roles, permissions } = user;
  return { ...user.claims, name, email, roles, permissions };
}
