/** Names of request fields with what is wrong with each, as sentences. */
export type FieldProblems = Readonly<Record<string, string>>;

/** An answer that is not a success: status, stable code, a sentence, and what else belongs in body and headers. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      readonly details?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details ?? {};
    this.headers = more.headers ?? {};
  }
}

/** Why the server cannot start; printed as it is, with exit code 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The JSON body of an error. */
export function errorBody(error: ApiError): Readonly<Record<string, unknown>> {
  return { code: error.code, message: error.message, ...error.details };
}

export function invalidRequest(fields: FieldProblems): ApiError {
  const list = Object.values(fields).join(' ');
  return new ApiError(400, 'invalid_request', list === '' ? 'The request is not understood.' : list, {
    details: { error: 'invalid_request', fields },
  });
}

export function invalidCredentials(): ApiError {
  return new ApiError(401, 'invalid_credentials', 'The user name or the password is wrong.');
}

/** Averos has no status for it: 442 leaves it to the application what to show. */
export function accountLocked(status = 423): ApiError {
  return new ApiError(status, 'account_locked', 'This account is locked.');
}

/** Only Averos asks for a verified account. */
export function accountNotVerified(): ApiError {
  return new ApiError(
    471,
    'account_not_verified',
    'This account is not verified yet. See the e-mail sent to you.',
  );
}

export type GrantRefusal = 'expired' | 'reused' | 'revoked' | 'unknown';

const REFUSALS: Readonly<Record<GrantRefusal, string>> = {
  expired: 'The refresh token has expired. Sign in again.',
  reused: 'The refresh token was used before, so its session has been ended. Sign in again.',
  revoked: 'The session has been ended. Sign in again.',
  unknown: 'The refresh token is not known here. Sign in again.',
};

/** Refusal of a refresh token, RFC 6749 section 5.2. Averos says the same with status 460. */
export function invalidGrant(reason: GrantRefusal, status = 401): ApiError {
  return new ApiError(status, status === 460 ? 'session_over' : 'invalid_grant', REFUSALS[reason], {
    details: { error: 'invalid_grant', reason },
  });
}

/** RFC 6750 section 3.1: the token was read and is no good. */
export function invalidToken(message: string): ApiError {
  return new ApiError(401, 'invalid_token', message, {
    details: { error: 'invalid_token' },
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
}

/** RFC 6750 section 3.1: without credentials the challenge carries no error. */
export function missingToken(): ApiError {
  return new ApiError(401, 'missing_token', 'This needs an access token: "Authorization: Bearer <token>".', {
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/** What an API asks of the sign-in behind a token. */
export interface SignInDemand {
  readonly acr: string;
  /** Seconds since the user last proved who it is, at most. */
  readonly maxAge: number;
}

/** RFC 9470 section 3: the token is good, and the sign-in it came from is too weak or too long ago. */
export function insufficientAuthentication(
  { acr, maxAge }: SignInDemand,
  scheme: 'Bearer' | 'DPoP',
): ApiError {
  const error = 'insufficient_user_authentication';
  const message = 'This needs a second factor, shown a short while ago.';
  const challenge = `${scheme} error="${error}", error_description="${message}", acr_values="${acr}", max_age="${maxAge}"`;
  return new ApiError(401, error, message, {
    details: { error },
    headers: { 'www-authenticate': challenge },
  });
}

export function forbidden(message: string): ApiError {
  return new ApiError(403, 'forbidden', message);
}

export function notFound(message: string): ApiError {
  return new ApiError(404, 'not_found', message);
}

export function unsupportedMediaType(): ApiError {
  return new ApiError(415, 'unsupported_media_type', 'Send the body as "Content-Type: application/json".');
}
