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

/** Where roles and permissions are among the claims of the ID token, dotted where they are nested. */
export interface FirebaseClaimPaths {
  /** Default `roles`. */
  readonly roles?: string;
  /** Default `permissions`. */
  readonly permissions?: string;
}

/** The grant in the answer of a sign-in. */
export function readSignIn(answer: WireAnswer, paths: FirebaseClaimPaths): Grant | Refusal {
  const { json } = answer;
  const missing =
    memberAt(json, 'mfaPendingCredential') !== undefined
      ? 'second-factor-required'
      : memberAt(json, 'needConfirmation') === true
        ? 'other-sign-in-required'
        : undefined;
  if (missing !== undefined) return refuse('needs-user', missing, answer);
  return grantIn(answer, paths) ?? readFailure(answer);
}

/** What the secure token service says of a session that is over. */
const SESSION_OVER = ['TOKEN_EXPIRED', 'USER_DISABLED', 'USER_NOT_FOUND', 'INVALID_REFRESH_TOKEN'];

/** The grant in the answer of the secure token service. */
export function readRenewal(answer: WireAnswer, paths: FirebaseClaimPaths): Grant | Refusal {
  const grant = grantIn(answer, paths);
  if (grant !== undefined) return grant;
  const failed = readFailure(answer);
  if (SESSION_OVER.includes(failureName(answer) ?? '')) return { ...failed, code: 'session-refused' };
  // Whatever else is refused, a sign-in for instance, this was none.
  return failed.failure === 'refused' ? unexpectedAnswer(answer) : failed;
}

/** The grant in any answer that may have one: one service writes in camel case, the other in snake case. */
export function grantIn({ status, json }: WireAnswer, paths: FirebaseClaimPaths): Grant | undefined {
  const either = (camel: string, snake: string): unknown => memberAt(json, camel) ?? memberAt(json, snake);
  const token = either('idToken', 'id_token');
  const secret = either('refreshToken', 'refresh_token');
  const user = userIn(token, paths);
  if (status !== 200 || typeof token !== 'string' || typeof secret !== 'string' || user === undefined) {
    return undefined;
  }
  // The number of seconds is written as text.
  return { token, secret, expiresIn: Number(either('expiresIn', 'expires_in') ?? NaN), user };
}

/** The user whom the claims of an ID token describe. */
export function userIn(token: unknown, { roles, permissions }: FirebaseClaimPaths): AuthUser | undefined {
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
