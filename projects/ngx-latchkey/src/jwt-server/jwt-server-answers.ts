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
import type { JwtServerFields } from './jwt-server-options';
import { userFrom } from './jwt-server-user';

/** How the answers of a JWT server are read. */
export interface AnswerReader {
  readonly fields: JwtServerFields;
  readonly cookie: boolean;
  readonly toUser: ((source: JsonObject) => AuthUser) | undefined;
}

/** The grant in the answer of a login, a registration or a refresh. */
export function readGrant(answer: WireAnswer, { fields, cookie, toUser }: AnswerReader): Grant | Refusal {
  const { json } = answer;
  if (answer.status >= 300 || !isJsonObject(json)) return unexpectedAnswer(answer);
  const token = memberAt(json, fields.accessToken);
  if (typeof token !== 'string' || token === '') return unexpectedFields(answer, json, fields.accessToken);
  const secret = cookie ? undefined : memberAt(json, fields.refreshToken);
  const expiresIn = memberAt(json, fields.expiresIn);
  const source = memberAt(json, fields.user) ?? readJwt(token);
  const user = isJsonObject(source) ? (toUser ?? (found => userFrom(found, fields)))(source) : undefined;
  return {
    token,
    ...(typeof secret === 'string' && { secret }),
    ...((typeof expiresIn === 'number' || typeof expiresIn === 'string') && { expiresIn: Number(expiresIn) }),
    ...(user !== undefined && { user }),
  };
}

/** What a login or a registration that did not succeed means. */
export function readFailedSignIn(answer: WireAnswer): Refusal {
  switch (answer.status) {
    case 400:
    case 422:
      return isJsonObject(answer.json)
        ? refuse('refused', signInCode(answer.json), answer)
        : unexpectedAnswer(answer);
    case 401:
      return refuse('refused', 'invalid-credentials', answer);
    case 403:
      return isJsonObject(answer.json) ? refuse('refused', 'not-allowed', answer) : unexpectedAnswer(answer);
    case 409:
      return refuse('refused', 'username-taken', answer);
    case 423:
      return refuse('refused', 'account-locked', answer);
    default:
      return unexpectedAnswer(answer);
  }
}

/** Whether the server refused to renew a session, in words that cannot be a proxy's. */
export function isRefusedRenewal({ status, json }: WireAnswer): boolean {
  if (!isJsonObject(json)) return false;
  const named = json['error'] === 'invalid_grant' || json['code'] === 'invalid_grant';
  return status === 401 || (named && status >= 400 && status < 500);
}

/** The answer of a call that has nothing to tell but that it worked. */
export function readNothing(answer: WireAnswer): undefined | Refusal {
  if (answer.status < 300) return undefined;
  return answer.status >= 400 && answer.status < 500 && isJsonObject(answer.json)
    ? refuse('refused', 'not-accepted', answer)
    : unexpectedAnswer(answer);
}

function signInCode(json: JsonObject): string {
  return json['code'] === 'invalid_credentials' || json['error'] === 'invalid_grant'
    ? 'invalid-credentials'
    : 'invalid-input';
}

function unexpectedFields(answer: WireAnswer, json: JsonObject, wanted: string): Refusal {
  const found = Object.keys(json).slice(0, 12).join(', ');
  return { ...refuse('misconfigured', 'unexpected-fields', answer), facts: [wanted, found] };
}
