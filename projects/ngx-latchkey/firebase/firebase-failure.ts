import {
  type FailureClass,
  type Refusal,
  type WireAnswer,
  memberAt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';

/** What the codes of Identity Toolkit mean. Those that are not here are no proof of anything. */
const MEANINGS: readonly (readonly [failure: FailureClass, code: string, names: string])[] = [
  // With e-mail enumeration protection, the default of today, only the first of them comes.
  [
    'refused',
    'invalid-credentials',
    'INVALID_LOGIN_CREDENTIALS INVALID_PASSWORD EMAIL_NOT_FOUND INVALID_CUSTOM_TOKEN INVALID_IDP_RESPONSE',
  ],
  ['refused', 'account-locked', 'USER_DISABLED'],
  ['refused', 'session-refused', 'TOKEN_EXPIRED USER_NOT_FOUND INVALID_REFRESH_TOKEN INVALID_ID_TOKEN'],
  ['refused', 'already-exists', 'EMAIL_EXISTS FEDERATED_USER_ID_ALREADY_LINKED'],
  ['refused', 'weak-password', 'WEAK_PASSWORD PASSWORD_DOES_NOT_MEET_REQUIREMENTS'],
  ['refused', 'invalid-input', 'INVALID_EMAIL MISSING_EMAIL MISSING_PASSWORD'],
  ['refused', 'not-accepted', 'EXPIRED_OOB_CODE INVALID_OOB_CODE'],
  ['refused', 'not-allowed', 'BLOCKING_FUNCTION_ERROR_RESPONSE'],
  ['needs-user', 'recent-sign-in-required', 'CREDENTIAL_TOO_OLD_LOGIN_AGAIN'],
  ['not-now', 'rate-limited', 'TOO_MANY_ATTEMPTS_TRY_LATER QUOTA_EXCEEDED'],
  ['misconfigured', 'sign-in-disabled', 'OPERATION_NOT_ALLOWED PASSWORD_LOGIN_DISABLED ADMIN_ONLY_OPERATION'],
  ['misconfigured', 'of-another-project', 'CREDENTIAL_MISMATCH PROJECT_NUMBER_MISMATCH'],
  [
    'misconfigured',
    'return-url-not-allowed',
    'UNAUTHORIZED_DOMAIN INVALID_CONTINUE_URI UNAUTHORIZED_CONTINUE_URI',
  ],
];

/** What the server calls the failure, such as `WEAK_PASSWORD` of `WEAK_PASSWORD : Password should be at least 6 characters`. */
export function failureName(answer: WireAnswer): string | undefined {
  return sentenceIn(answer)?.split(' : ', 1)[0];
}

/** What an answer means that is not what was asked for. */
export function readFailure(answer: WireAnswer): Refusal {
  const name = failureName(answer);
  if (name === undefined) return unexpectedAnswer(answer);
  return meaning(name, { ...answer, json: { message: sentenceIn(answer) } });
}

function meaning(name: string, answer: WireAnswer): Refusal {
  const known = MEANINGS.find(([, , names]) => names.split(' ').includes(name));
  if (known) return refuse(known[0], known[1], answer);
  // Of the key, whatever is wrong with it, there are only sentences.
  const ofKey = answer.status === 403 || name.startsWith('API key');
  return ofKey ? refuse('misconfigured', 'api-key-refused', answer) : unexpectedAnswer(answer);
}

function sentenceIn({ status, json }: WireAnswer): string | undefined {
  const found = memberAt(json, 'error.message');
  return typeof found === 'string' && status < 500 ? found : undefined;
}
