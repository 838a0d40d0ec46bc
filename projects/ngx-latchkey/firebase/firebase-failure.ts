import {
  type FailureClass,
  type Refusal,
  type WireAnswer,
  memberAt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';

/** What the codes of Identity Toolkit mean. Those that are not here are no proof of anything. */
const MEANINGS: readonly (readonly [failure: FailureClass, code: string, messages: string])[] = [
  // With e-mail enumeration protection, the default of today, only the first of them comes.
  [
    'refused',
    'invalid-credentials',
    'INVALID_LOGIN_CREDENTIALS INVALID_PASSWORD EMAIL_NOT_FOUND INVALID_CUSTOM_TOKEN INVALID_IDP_RESPONSE MISSING_OR_INVALID_NONCE',
  ],
  ['refused', 'account-locked', 'USER_DISABLED'],
  ['refused', 'session-refused', 'TOKEN_EXPIRED USER_NOT_FOUND INVALID_REFRESH_TOKEN INVALID_ID_TOKEN'],
  ['refused', 'already-exists', 'EMAIL_EXISTS FEDERATED_USER_ID_ALREADY_LINKED'],
  ['refused', 'weak-password', 'WEAK_PASSWORD PASSWORD_DOES_NOT_MEET_REQUIREMENTS'],
  ['refused', 'invalid-input', 'INVALID_EMAIL MISSING_EMAIL MISSING_PASSWORD INVALID_PROVIDER_ID'],
  ['refused', 'not-accepted', 'EXPIRED_OOB_CODE INVALID_OOB_CODE MISSING_OOB_CODE'],
  ['refused', 'not-allowed', 'BLOCKING_FUNCTION_ERROR_RESPONSE'],
  ['needs-user', 'recent-sign-in-required', 'CREDENTIAL_TOO_OLD_LOGIN_AGAIN'],
  ['not-now', 'rate-limited', 'TOO_MANY_ATTEMPTS_TRY_LATER RESET_PASSWORD_EXCEED_LIMIT QUOTA_EXCEEDED'],
  [
    'misconfigured',
    'sign-in-disabled',
    'OPERATION_NOT_ALLOWED PASSWORD_LOGIN_DISABLED ADMIN_ONLY_OPERATION CONFIGURATION_NOT_FOUND',
  ],
  ['misconfigured', 'of-another-project', 'CREDENTIAL_MISMATCH PROJECT_NUMBER_MISMATCH'],
  [
    'misconfigured',
    'return-url-not-allowed',
    'UNAUTHORIZED_DOMAIN INVALID_CONTINUE_URI MISSING_CONTINUE_URI UNAUTHORIZED_CONTINUE_URI',
  ],
];

/** What the server calls the failure, such as `WEAK_PASSWORD` of `WEAK_PASSWORD : Password should be at least 6 characters`. */
export function failureName(answer: WireAnswer): string | undefined {
  return sentence(answer)?.split(' : ', 1)[0];
}

/** What an answer means that is not what was asked for. */
export function readFailure(answer: WireAnswer): Refusal {
  const detail = sentence(answer)
    // A token that somebody else made may be repeated in it.
    ?.replace(/[\w.~+/=-]{50,}/g, '…')
    .slice(0, 300);
  const name = failureName(answer);
  if (detail === undefined || name === undefined) return unexpectedAnswer(answer);
  const known = MEANINGS.find(([, , messages]) => messages.split(' ').includes(name));
  if (known) return { ...refuse(known[0], known[1], answer), detail };
  // Of the key, whatever is wrong with it, there are only sentences.
  const ofKey = answer.status === 403 || (answer.status === 400 && name.startsWith('API key'));
  return {
    ...(ofKey ? refuse('misconfigured', 'api-key-refused', answer) : unexpectedAnswer(answer)),
    detail,
  };
}

function sentence({ status, json }: WireAnswer): string | undefined {
  // Some failures of a sign-in with an identity provider come with status 200.
  const found =
    memberAt(json, 'error.message') ?? (status === 200 ? memberAt(json, 'errorMessage') : undefined);
  return typeof found === 'string' && status < 500 ? found : undefined;
}
