import {
  type Grant,
  type Json,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  memberAt,
  refuse,
} from 'ngx-latchkey/core';
import type { AverosUserOptions } from './averos-options';
import { averosAccount, averosUser } from './averos-user';
import { failureIn } from './averos-statuses';

/**
 * The session in an `auth_token` object, which is both the token and the user, and which goes back whole with a renewal. An object that
 * names nobody has a new token for whom it was before.
 */
export function sessionFrom(
  authToken: unknown,
  options: AverosUserOptions,
  earlier?: Json,
): Grant | undefined {
  if (!isJsonObject(authToken)) return undefined;
  const { token } = authToken;
  if (typeof token !== 'string' || token === '') return undefined;
  const named = averosUser(authToken, options) !== undefined || !isJsonObject(earlier);
  const session = named ? authToken : { ...earlier, ...authToken };
  // It came as JSON, so it is JSON.
  return { token, user: averosUser(session, options), memory: session as Json };
}

/** The session in the answer to a login or a renewal. */
function sessionIn(
  { status, json }: WireAnswer,
  options: AverosUserOptions & { readonly tokenLifetime?: number },
  earlier?: Json,
): Grant | undefined {
  const session = status < 300 ? sessionFrom(memberAt(json, 'auth_token'), options, earlier) : undefined;
  return session && { ...session, expiresIn: options.tokenLifetime };
}

/** What a login came to. Averos can hand out a token for an account that it calls locked; it opens nothing. */
export function readLogin(answer: WireAnswer, options: AverosUserOptions): Grant | Refusal {
  const session = sessionIn(answer, options);
  if (session?.user && averosAccount(session.user).locked) {
    return refuse('refused', 'account-locked', { ...answer, json: undefined });
  }
  return session ?? failureIn(answer, { 401: ['refused', 'invalid-credentials'] });
}

/** What a renewal came to. Only 460, and 401 in JSON, prove that the session is over. */
export function readRenewal(answer: WireAnswer, options: AverosUserOptions, earlier?: Json): Grant | Refusal {
  const session = sessionIn(answer, options, earlier);
  if (session) return session;
  const proven = answer.status === 460 || (answer.status === 401 && isJsonObject(answer.json));
  if (proven) return refuse('refused', 'session-refused', answer);
  const failure = failureIn(answer);
  return failure.failure === 'refused' ? { ...failure, failure: 'needs-user' } : failure;
}
