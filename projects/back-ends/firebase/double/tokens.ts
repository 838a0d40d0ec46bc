import { sign } from 'node:crypto';
import { type Account, type Project, randomName } from './accounts';
import { ApiFailure } from './api-failure';

/** ID tokens as the emulator makes them, which nobody has signed; with a key of the project, as Google does. */
export function issueTokens(
  project: Project,
  account: Account,
  provider: string,
  claims: object = {},
): { readonly idToken: string; readonly refreshToken: string; readonly expiresIn: string } {
  const refreshToken = randomName();
  project.renewable.set(refreshToken, { localId: account.localId, provider, claims, since: now() });
  return {
    idToken: idToken(project, account, provider, claims),
    refreshToken,
    expiresIn: String(project.life),
  };
}

/** A new ID token; the refresh token stays the same. */
export function renew(project: Project, refreshToken: string): Record<string, string> {
  const renewable = project.renewable.get(refreshToken);
  if (renewable === undefined) throw new ApiFailure('INVALID_REFRESH_TOKEN');
  const account = project.accounts.get(renewable.localId);
  if (account === undefined) throw new ApiFailure('USER_NOT_FOUND');
  if (account.disabled) throw new ApiFailure('USER_DISABLED');
  if (renewable.since < account.validSince) throw new ApiFailure('TOKEN_EXPIRED');
  const token = idToken(project, account, renewable.provider, renewable.claims);
  return {
    id_token: token,
    access_token: token,
    expires_in: String(project.life),
    refresh_token: refreshToken,
    token_type: 'Bearer',
    user_id: account.localId,
    project_id: '12345',
  };
}

/** Whose ID token it is. */
export function bearer(
  project: Project,
  token: unknown,
): { readonly account: Account; readonly provider: string } {
  const payload = payloadOf(token);
  const account = project.accounts.get(String(payload?.['user_id']));
  if (payload === undefined) throw new ApiFailure('INVALID_ID_TOKEN');
  if (account === undefined) throw new ApiFailure('USER_NOT_FOUND');
  if (account.disabled) throw new ApiFailure('USER_DISABLED');
  const { iat, exp, firebase } = payload as {
    readonly iat: number;
    readonly exp: number;
    readonly firebase: { readonly sign_in_provider: string };
  };
  if (exp <= now() || iat < account.validSince) throw new ApiFailure('TOKEN_EXPIRED');
  return { account, provider: firebase.sign_in_provider };
}

/** The payload of a JWT that nobody has signed, or of plain JSON, which the emulator takes too. */
export function payloadOf(token: unknown): Record<string, unknown> | undefined {
  const text = String(token);
  const json = text.startsWith('{') ? text : Buffer.from(text.split('.')[1] ?? '', 'base64url').toString();
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

export function now(): number {
  return Math.floor(Date.now() / 1000);
}

function idToken({ id, life, key }: Project, account: Account, provider: string, claims: object): string {
  const { localId, email, emailVerified, displayName, photoUrl, customAttributes = '{}' } = account;
  const payload = {
    name: displayName,
    picture: photoUrl,
    ...(JSON.parse(customAttributes) as object),
    ...claims,
    email,
    email_verified: emailVerified,
    provider_id: provider === 'anonymous' ? provider : undefined,
    user_id: localId,
    auth_time: now(),
    firebase: { identities: email === undefined ? {} : { email: [email] }, sign_in_provider: provider },
    iat: now(),
    exp: now() + life,
    aud: id,
    iss: `https://securetoken.google.com/${id}`,
    sub: localId,
  };
  const part = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url');
  if (key === undefined) return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.`;
  const signed = `${part({ alg: 'RS256', kid: key.id, typ: 'JWT' })}.${part(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key.secret).toString('base64url')}`;
}
