import { type Refusal, type WireAnswer, memberAt, refuse, unexpectedAnswer } from 'ngx-latchkey/core';

/** The code of an exception that says no to what a user asked for. */
const REFUSED: Readonly<Record<string, string>> = {
  NotAuthorized: 'invalid-credentials',
  UserNotFound: 'invalid-credentials',
  UserNotConfirmed: 'account-not-verified',
  PasswordResetRequired: 'password-reset-required',
  UsernameExists: 'username-taken',
  AliasExists: 'username-taken',
  InvalidPassword: 'weak-password',
  InvalidParameter: 'invalid-input',
  CodeMismatch: 'wrong-code',
  ExpiredCode: 'expired-code',
  TooManyFailedAttempts: 'account-locked',
  UserLambdaValidation: 'not-allowed',
};

/** The exceptions that prove, in the answer to a renewal, that the session is over. */
const END_OF_SESSION = [
  'NotAuthorized',
  'TokenRevoked',
  'UserNotFound',
  'PasswordResetRequired',
  'UserNotConfirmed',
  'RefreshTokenReuse',
];

/** Why a sign-in, or anything else that a user asked for, did not succeed. */
export function failureOf(answer: WireAnswer): Refusal {
  const exception = exceptionIn(answer);
  const sentence = String(memberAt(answer.json, 'message'));
  if (/not enabled for this client|secret/i.test(sentence)) {
    return refuse('misconfigured', 'not-configured', answer, exception);
  }
  const code = codeIn(sentence) ?? REFUSED[exception];
  return code === undefined ? failureOfServer(exception, answer) : refuse('refused', code, answer);
}

/** The same for a login, where cognito-local has an exception of its own for a wrong password. */
export function failureOfLogin(answer: WireAnswer): Refusal {
  return exceptionIn(answer) === 'InvalidPassword'
    ? refuse('refused', 'invalid-credentials', answer)
    : failureOf(answer);
}

/** Why a session was not renewed. */
export function failureOfRenewal(answer: WireAnswer): Refusal {
  const exception = exceptionIn(answer);
  return answer.status < 500 && END_OF_SESSION.includes(exception)
    ? refuse('refused', 'session-refused', answer)
    : failureOfServer(exception, answer);
}

/** Cognito has one exception for several troubles; its sentence tells them apart. */
function codeIn(sentence: string): string | undefined {
  if (/user is disabled|attempts exceeded/i.test(sentence)) return 'account-locked';
  return /session.*expired|invalid session/i.test(sentence) ? 'challenge-expired' : undefined;
}

function failureOfServer(exception: string, answer: WireAnswer): Refusal {
  // Cognito asks for patience with status 400.
  if (/^(TooManyRequests|LimitExceeded|Throttling)/.test(exception)) {
    return refuse('not-now', 'rate-limited', answer);
  }
  // The last is what cognito-local says.
  return /^(ResourceNotFound|InvalidParameter|UnknownOperation|Unsupported)/.test(exception)
    ? refuse('misconfigured', 'not-configured', answer, exception)
    : unexpectedAnswer(answer);
}

/** The exception without the name space that may stand before a `#`, and without its last word; nothing for other answers. */
function exceptionIn({ status, json }: WireAnswer): string {
  const type = memberAt(json, '__type');
  return status >= 400 && typeof type === 'string' ? type.replace(/^.*#|Exception$/g, '') : '';
}
