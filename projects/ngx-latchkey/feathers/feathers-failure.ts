import {
  type JsonObject,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';

/** An error of Feathers, the same over HTTP and over sockets. */
export interface FeathersFailure {
  /** The kind of the error, such as `not-authenticated`. */
  readonly className: string;
  readonly message: string;
  /** The HTTP status. */
  readonly code: number;
  /** What the server says besides. */
  readonly data: JsonObject;
}

const SIGN_IN_CODES: Readonly<Record<string, string>> = {
  'bad-request': 'invalid-input',
  conflict: 'already-exists',
  forbidden: 'not-allowed',
  'not-authenticated': 'invalid-credentials',
  unprocessable: 'invalid-input',
};

/** The error in a body, or `null` where it is not one of Feathers. */
export function readFailure(body: unknown): FeathersFailure | null {
  if (!isJsonObject(body)) return null;
  const { name, className, message, code, data } = body;
  // Some error handlers leave the class name out; the name says the same in another spelling.
  const kind = className ?? (typeof name === 'string' ? kebab(name) : undefined);
  if (typeof kind !== 'string' || typeof message !== 'string' || typeof code !== 'number') return null;
  return { className: kind, message, code, data: isJsonObject(data) ? data : {} };
}

function kebab(name: string): string {
  return name.replace(/\B[A-Z]/g, letter => `-${letter}`).toLowerCase();
}

/** Whether the server does not take the credentials or the token, in words that cannot be a proxy's. */
export function isNotAuthenticated(failure: FeathersFailure | null): boolean {
  return failure?.className === 'not-authenticated' && failure.code === 401 && !isStrategyMissing(failure);
}

/** The same name of error for a strategy that the server was not told to allow, which proves nothing about the user. */
export function isStrategyMissing(failure: FeathersFailure | null): boolean {
  return /^(Invalid authentication information|No authentication strategies)/.test(failure?.message ?? '');
}

/** What a sign-in or a sign-up that did not succeed means. */
export function readFailedSignIn(
  answer: WireAnswer,
  nameOf: (failure: FeathersFailure) => string | undefined = () => undefined,
): Refusal {
  const failure = readFailure(answer.json);
  if (failure?.code !== answer.status || answer.status >= 500) return unexpectedAnswer(answer);
  if (isStrategyMissing(failure)) return refuse('misconfigured', 'strategy-not-allowed', answer);
  const code =
    nameOf(failure) ?? (isNotVerified(failure) ? 'account-not-verified' : SIGN_IN_CODES[failure.className]);
  return code === undefined ? unexpectedAnswer(answer) : refuse('refused', code, answer);
}

/** In the words of feathers-authentication-management, the usual package for it. */
function isNotVerified({ message }: FeathersFailure): boolean {
  return /\bnot yet verified\b/.test(message);
}

/** What it means that the server did not take a token. */
export function readRefusedToken(answer: WireAnswer): Refusal {
  const failure = readFailure(answer.json);
  if (answer.status === 401 && isNotAuthenticated(failure))
    return refuse('refused', 'session-refused', answer);
  if (isStrategyMissing(failure)) return refuse('misconfigured', 'strategy-not-allowed', answer);
  return unexpectedAnswer(answer);
}
