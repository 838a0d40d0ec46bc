import {
  type Exchange,
  type Json,
  type Refusal,
  type WireAnswer,
  memberAt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { hasRunOut } from './space-cloud-api';
import type { SpaceCloudUserPaths } from './space-cloud-user';

/** One call of the user management: with a body it is a POST, with a token it is for the user. */
export interface UserCall<Found> {
  readonly url: string;
  readonly paths: SpaceCloudUserPaths;
  readonly json?: Json;
  readonly token?: string;
  /** What is looked for in the body of a success. */
  find(body: unknown, paths: SpaceCloudUserPaths): Found | undefined;
}

export function userCall<Found>({ url, paths, json, token, find }: UserCall<Found>): Exchange<void, Found> {
  return {
    request: () => ({
      url,
      method: json === undefined ? 'GET' : 'POST',
      ...(json !== undefined && { json }),
      ...(token !== undefined && { headers: { Authorization: `Bearer ${token}` } }),
    }),
    read: answer =>
      answer.status === 200
        ? (find(answer.json, paths) ?? unexpectedAnswer(answer))
        : readFailure(answer, token),
  };
}

function readFailure(answer: WireAnswer, token?: string): Refusal {
  const error = memberAt(answer.json, 'error');
  const code = codeOf(answer.status, error, token);
  // Whatever stands in the gateway's place does not speak so.
  if (typeof error !== 'string' || code === undefined) return unexpectedAnswer(answer);
  const failure = answer.status === 400 || code === 'sign-in-disabled' ? 'misconfigured' : 'refused';
  return refuse(failure, code, { ...answer, json: { message: error } });
}

const CODES: Readonly<Record<number, string>> = {
  400: 'unknown-project',
  401: 'invalid-credentials',
  403: 'not-allowed',
  404: 'sign-in-disabled',
  409: 'already-exists',
};

function codeOf(status: number, error: unknown, token?: string): string | undefined {
  if (status === 403 && hasRunOut(token)) return 'session-refused';
  // The one 404 is about the user, the other about the project's settings.
  return status === 404 && error === 'User not found' ? 'invalid-credentials' : CODES[status];
}
