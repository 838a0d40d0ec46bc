import { type Grant, type Held, type WireAnswer, isJsonObject, memberAt, readJwt } from 'ngx-latchkey/core';
import type { CognitoOptions } from './cognito-options';
import { userFrom } from './cognito-user';

/** Where an answer holds the refresh token. */
export const REFRESH_TOKEN = 'AuthenticationResult.RefreshToken';

/**
 * The grant in the answer of a sign-in or a renewal, if it is one. Without rotation a renewal has no refresh token, and the old one stays.
 */
export function readGrant({ status, json }: WireAnswer, options: CognitoOptions): Grant | undefined {
  const [access, id, secret] = ['AccessToken', 'IdToken', 'RefreshToken'].map(name =>
    text(memberAt(json, `AuthenticationResult.${name}`)),
  );
  const byId = options.token === 'id';
  const token = byId ? id : access;
  if (status >= 300 || token === undefined) return undefined;
  const claims = readJwt(id);
  const expiresIn = memberAt(json, 'AuthenticationResult.ExpiresIn');
  return {
    token,
    secret,
    // It is the access token's; an ID token may live for another time, which its claims tell.
    expiresIn: typeof expiresIn === 'number' && !byId ? expiresIn : undefined,
    user: isJsonObject(claims) ? userFrom(claims, options) : undefined,
    // Cognito's own operations want the access token, whatever the APIs want.
    ...(byId && { memory: { accessToken: access ?? null } }),
  };
}

/** The token that Cognito's own operations want. */
export function accessTokenOf({ token, memory }: Held, options: CognitoOptions): string {
  return options.token === 'id' ? (text(memberAt(memory, 'accessToken')) ?? '') : token;
}

/** A text that is one and not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
