import {
  type AuthUser,
  type Grant,
  type JsonObject,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  memberAt,
  readJwt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import type { FieldName } from './jwt-server-options';

/** How the answers of a JWT server are read. */
export interface AnswerReader {
  readonly field: FieldName;
  readonly cookie: boolean;
  readonly toUser: (source: JsonObject) => AuthUser | undefined;
}

/** The grant in the answer of a login, a registration or a refresh. */
export function readGrant(answer: WireAnswer, { field, cookie, toUser }: AnswerReader): Grant | Refusal {
  const { json } = answer;
  if (answer.status >= 300 || !isJsonObject(json)) return unexpectedAnswer(answer);
  const token = memberAt(json, field('accessToken'));
  if (typeof token !== 'string' || token === '') return unexpectedFields(answer, json, field('accessToken'));
  const secret = cookie ? undefined : memberAt(json, field('refreshToken'));
  const expiresIn = memberAt(json, field('expiresIn'));
  const source = memberAt(json, field('user')) ?? readJwt(token);
  const user = isJsonObject(source) ? toUser(source) : undefined;
  return {
    token,
    secret: typeof secret === 'string' ? secret : undefined,
    // Some servers write the number as text; what is no number is unknown.
    expiresIn: Number(expiresIn),
    user,
  };
}

const SIGN_IN_CODES: Readonly<Record<number, string>> = {
  400: 'invalid-input',
  401: 'invalid-credentials',
  403: 'not-allowed',
  409: 'username-taken',
  422: 'invalid-input',
  423: 'account-locked',
};

/** What a login or a registration that did not succeed means. */
export function readFailedSignIn(answer: WireAnswer): Refusal {
  const named = memberAt(answer.json, 'code') === 'invalid_credentials' || isInvalidGrant(answer);
  const code = named ? 'invalid-credentials' : SIGN_IN_CODES[answer.status];
  // A page that is no JSON is some other server's, but many say a plain 401 to a wrong password.
  const known = code !== undefined && (isJsonObject(answer.json) || answer.status === 401);
  return known ? refuse('refused', code, answer) : unexpectedAnswer(answer);
}

/** Whether the server refused to renew a session, in words that cannot be a proxy's. */
export function isRefusedRenewal(answer: WireAnswer): boolean {
  return isJsonObject(answer.json) && (answer.status === 401 || isInvalidGrant(answer));
}

function isInvalidGrant({ status, json }: WireAnswer): boolean {
  return status < 500 && [memberAt(json, 'error'), memberAt(json, 'code')].includes('invalid_grant');
}

/** The answer of a call that has nothing to tell but that it worked. */
export function readNothing(answer: WireAnswer): undefined | Refusal {
  if (answer.status < 300) return undefined;
  return answer.status >= 400 && answer.status < 500 && isJsonObject(answer.json)
    ? refuse('refused', 'not-accepted', answer)
    : unexpectedAnswer(answer);
}

function unexpectedFields(answer: WireAnswer, json: JsonObject, wanted: string): Refusal {
  const found = Object.keys(json).slice(0, 12).join(', ');
  return refuse('misconfigured', 'unexpected-fields', answer, wanted, found);
}
