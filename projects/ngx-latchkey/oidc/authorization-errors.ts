import { AuthError, type FailureClass, authError, memberAt } from 'ngx-latchkey/core';
import * as oauth from 'oauth4webapi';
import { withoutSecrets } from './without-secrets';

/** The user has not signed in as was asked for: by another kind of authentication, or too long ago. */
export const UNMET = 'authentication-requirements-unmet';

/** Errors of the authorization endpoint that a person can do something about (RFC 6749, section 4.1.2.1; OIDC Core 3.1.2.6). */
const NEEDS_USER: Readonly<Record<string, string>> = {
  access_denied: 'access-denied',
  login_required: 'login-required',
  interaction_required: 'interaction-required',
  consent_required: 'consent-required',
  account_selection_required: 'account-selection-required',
  unmet_authentication_requirements: UNMET,
  temporarily_unavailable: 'server-error',
  server_error: 'server-error',
};

/** What is looked at, and called invalid by this code when it breaks the protocol. */
export type Stage =
  | 'invalid-metadata'
  | 'invalid-authorization-response'
  | 'invalid-token-response'
  | 'invalid-id-token'
  | 'invalid-userinfo';

/** What went wrong, in the words of this library. */
export function asAuthError(error: unknown, stage: Stage): AuthError {
  if (error instanceof AuthError) return error;
  // A request that is pushed is refused in the words of the authorization endpoint (RFC 9126, section 2.3).
  const told = error instanceof oauth.ResponseBodyError && NEEDS_USER[error.error] !== undefined;
  if (error instanceof oauth.AuthorizationResponseError || told) {
    const code = NEEDS_USER[error.error];
    const failure: FailureClass = code === 'server-error' ? 'not-now' : code ? 'needs-user' : 'misconfigured';
    return withDetail(failure, code ?? 'authorization-refused', error.error, error.error_description);
  }
  if (error instanceof oauth.ResponseBodyError) {
    // A code that was used, or is older than a minute: the user signs in again.
    if (error.error === 'invalid_grant')
      return withDetail('needs-user', 'code-refused', error.error, error.error_description);
    return withDetail('misconfigured', 'token-request-refused', error.error, error.error_description);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return authError('misconfigured', 'token-request-refused', String(error.status));
  }
  if (memberAt(error, 'cause.claim') === 'auth_time') return authError('needs-user', UNMET, 'auth_time');
  const reason = error instanceof Error ? error.message : '';
  return authError('misconfigured', stage === 'invalid-token-response' ? invalidPart(reason) : stage, reason);
}

/** The library tells the parts of a token response by its sentences only. */
function invalidPart(reason: string): string {
  if (/JW[TE]|ID.token|authentication/i.test(reason)) return 'invalid-id-token';
  return reason.includes('token_type') ? 'token-type-unexpected' : 'invalid-token-response';
}

function withDetail(
  failure: FailureClass,
  code: string,
  fact: string,
  detail: string | undefined,
): AuthError {
  return new AuthError({ failure, code, facts: [fact], detail: withoutSecrets(detail) });
}
