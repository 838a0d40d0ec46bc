import {
  type AuthUser,
  type Grant,
  type Refusal,
  type WireAnswer,
  memberAt,
  readJwt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { failureName, readFailure } from './firebase-failure';

/** Where roles and permissions are among the claims. */
export interface ClaimPaths {
  readonly roles?: string;
  readonly permissions?: string;
}

/** The grant in the answer of a sign-in, which is written in camel case. */
export function readSignIn(answer: WireAnswer, paths: ClaimPaths): Grant | Refusal {
  const { status, json } = answer;
  if (status === 200 && typeof memberAt(json, 'mfaPendingCredential') === 'string') {
    return refuse('needs-user', 'second-factor-required', answer);
  }
  if (status === 200 && memberAt(json, 'needConfirmation') === true) {
    return refuse('needs-user', 'other-sign-in-required', answer);
  }
  return grantIn(answer, paths, 'idToken', 'refreshToken', 'expiresIn') ?? readFailure(answer);
}

/** What the secure token service says of a session that is over. */
const SESSION_OVER = ['TOKEN_EXPIRED', 'USER_DISABLED', 'USER_NOT_FOUND', 'INVALID_REFRESH_TOKEN'];

/** The grant in the answer of the secure token service, which is written in snake case. */
export function readRenewal(answer: WireAnswer, paths: ClaimPaths): Grant | Refusal {
  const grant = grantIn(answer, paths, 'id_token', 'refresh_token', 'expires_in');
  if (grant !== undefined) return grant;
  const failed = readFailure(answer);
  if (SESSION_OVER.includes(failureName(answer) ?? '')) return { ...failed, code: 'session-refused' };
  // Whatever else is refused, a sign-in for instance, this was none.
  return failed.failure === 'refused' ? unexpectedAnswer(answer) : failed;
}

/** The grant in any answer that may have one. */
export function grantIn(
  { status, json }: WireAnswer,
  paths: ClaimPaths,
  ...[tokenAt, secretAt, expiresAt]: readonly [string, string, string]
): Grant | undefined {
  const token = memberAt(json, tokenAt);
  const secret = memberAt(json, secretAt);
  const user = userIn(token, paths);
  if (status !== 200 || typeof token !== 'string' || typeof secret !== 'string' || user === undefined) {
    return undefined;
  }
  // The number of seconds is written as text.
  return { token, secret, expiresIn: Number(memberAt(json, expiresAt) ?? NaN), user };
}

/** The user whom the claims of an ID token describe. */
export function userIn(token: unknown, { roles, permissions }: ClaimPaths): AuthUser | undefined {
  const claims = readJwt(token);
  if (claims?.sub === undefined) return undefined;
  return {
    id: claims.sub,
    name: textOf(claims['name']),
    email: textOf(claims['email']),
    roles: listOf(memberAt(claims, roles ?? 'roles')),
    permissions: listOf(memberAt(claims, permissions ?? 'permissions')),
    profile: claims,
  };
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** One name, or a list of them. */
function listOf(value: unknown): readonly string[] {
  return [value].flat().filter(name => typeof name === 'string');
}
