import {
  type AuthUser,
  type Grant,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  memberAt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { type SpaceCloudUserPaths, userFrom } from './space-cloud-user';

/** The token and the user in the answer of a sign-in, a sign-up or an edited profile. */
export function readGrant(answer: WireAnswer, paths: SpaceCloudUserPaths): Grant | Refusal {
  if (answer.status !== 200) return failure(answer);
  const token = memberAt(answer.json, 'token');
  const user = userAt(answer, paths);
  return typeof token === 'string' && token !== '' && user ? { token, user } : unexpectedAnswer(answer);
}

/** The user in the answer of a profile. */
export function readUser(answer: WireAnswer, paths: SpaceCloudUserPaths): AuthUser | Refusal {
  if (answer.status !== 200) return failure(answer);
  return userAt(answer, paths) ?? unexpectedAnswer(answer);
}

/** The users in the answer of all profiles. */
export function readUsers(answer: WireAnswer, paths: SpaceCloudUserPaths): readonly AuthUser[] | Refusal {
  if (answer.status !== 200) return failure(answer);
  const documents = memberAt(answer.json, 'users');
  if (!Array.isArray(documents)) return unexpectedAnswer(answer);
  return documents.flatMap(document => (isJsonObject(document) ? (userFrom(document, paths) ?? []) : []));
}

function userAt({ json }: WireAnswer, paths: SpaceCloudUserPaths): AuthUser | undefined {
  const document = memberAt(json, 'user');
  return isJsonObject(document) ? userFrom(document, paths) : undefined;
}

const REFUSED: Readonly<Record<number, string>> = {
  401: 'invalid-credentials',
  403: 'not-allowed',
  409: 'already-exists',
};

/** What an answer means that is not what was asked for: `{ error, rawError }` with a status. */
function failure(answer: WireAnswer): Refusal {
  const { status, json } = answer;
  const error = memberAt(json, 'error');
  const code = REFUSED[status];
  // Whatever stands in the gateway's place does not speak so.
  if (typeof error !== 'string') return unexpectedAnswer(answer);
  const told = (refusal: Refusal): Refusal => ({ ...refusal, detail: error.slice(0, 300) });
  if (code !== undefined) return told(refuse('refused', code, answer));
  if (status === 400) return told(refuse('misconfigured', 'unknown-project', answer));
  if (status !== 404) return told(unexpectedAnswer(answer));
  // The one 404 is about the user, the other about the project's settings.
  return /not found/i.test(error)
    ? told(refuse('refused', 'invalid-credentials', answer))
    : told(refuse('misconfigured', 'sign-in-disabled', answer));
}
