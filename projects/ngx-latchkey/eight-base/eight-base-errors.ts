import {
  type FailureClass,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  memberAt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';

/** An error that 8base itself has written: its code is at the top level, not under `extensions` as GraphQL servers have it. */
export interface EightBaseError {
  readonly code: string;
  readonly message: string;
}

/** The HTTP status says nothing: 200 and 502 are seen with the same errors. */
const CODES = new Map<string, readonly [FailureClass, string]>([
  ['UserNotConfirmedError', ['refused', 'account-not-verified']],
  ['UserNotFoundError', ['refused', 'invalid-credentials']],
  ['EntityExistsError', ['refused', 'already-exists']],
  ['ValidationError', ['refused', 'invalid-input']],
  ['InvalidArgumentError', ['refused', 'invalid-input']],
  ['InvitationExpiredError', ['refused', 'not-accepted']],
  ['IllegalOperationError', ['refused', 'declined']],
  ['MutationError', ['refused', 'declined']],
  ['ForcibleError', ['refused', 'declined']],
  ['NotAuthorizedError', ['misconfigured', 'role-may-not-get-token']],
  ['InvalidTokenError', ['misconfigured', 'token-not-accepted']],
  ['MissingHeaderError', ['misconfigured', 'workspace-unknown']],
  ['TokenExpiredError', ['not-now', 'token-expired']],
  ['ThrottlingThresholdReachedError', ['not-now', 'rate-limited']],
  ['InternalError', ['not-now', 'server-error']],
  ['ExternalServiceError', ['not-now', 'server-error']],
]);

/** Sentences of the user pool behind 8base, which come under various codes. */
const SENTENCES: readonly (readonly [RegExp, FailureClass, string])[] = [
  [/incorrect .*password/i, 'refused', 'invalid-credentials'],
  [/user is disabled|attempts exceeded/i, 'refused', 'account-locked'],
  [/e-?mail.*(match|differ)/i, 'misconfigured', 'email-mismatch'],
];

/** What 8base says went wrong; empty for anything that is not its answer. */
export function errorsIn(body: unknown): readonly EightBaseError[] {
  const errors = memberAt(body, 'errors');
  if (!Array.isArray(errors)) return [];
  return errors
    .filter(isJsonObject)
    .flatMap(({ code, message }) =>
      typeof code === 'string'
        ? [{ code, message: typeof message === 'string' ? withoutValues(message) : '' }]
        : [],
    );
}

/** GraphQL servers repeat a variable that they do not accept, with the password or the token in it. */
function withoutValues(message: string): string {
  return message.replace(/ got invalid value .*?(; Field "\w+"[^;]*)?$/s, ' got an invalid value$1');
}

/** What an answer without the data that was asked for means. */
export function failureIn(answer: WireAnswer): Refusal {
  const [error] = errorsIn(answer.json);
  if (error === undefined) return unexpectedAnswer(answer);
  const [, ...said] = SENTENCES.find(([sentence]) => sentence.test(error.message)) ?? [];
  const [failure, code] = said.length > 0 ? said : (CODES.get(error.code) ?? []);
  const told = { ...answer, json: error };
  return failure && code ? refuse(failure, code, told) : unexpectedAnswer(told);
}

/** The same for a renewal, where only what 8base says about the refresh token proves that the session is over. */
export function failedRenewal(answer: WireAnswer): Refusal {
  const proof = errorsIn(answer.json).find(
    ({ code, message }) =>
      code === 'InvalidTokenError' ||
      (['TokenExpiredError', 'NotAuthorizedError'].includes(code) && /refresh token/i.test(message)),
  );
  if (proof) return refuse('refused', 'session-refused', { ...answer, json: proof });
  const failure = failureIn(answer);
  return failure.failure === 'refused' ? unexpectedAnswer(answer) : failure;
}
