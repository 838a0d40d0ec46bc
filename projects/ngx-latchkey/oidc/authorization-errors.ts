import { AuthError, type FailureClass, authError } from 'ngx-latchkey/core';
import * as oauth from 'oauth4webapi';

/** Errors of the authorization endpoint that a person can do something about (RFC 6749, section 4.1.2.1; OIDC Core 3.1.2.6). */
const NEEDS_USER: Readonly<Record<string, string>> = {
  access_denied: 'access-denied',
  login_required: 'login-required',
  interaction_required: 'interaction-required',
  consent_required: 'consent-required',
  account_selection_required: 'account-selection-required',
  unmet_authentication_requirements: 'authentication-requirements-unmet',
  temporarily_unavailable: 'server-error',
  server_error: 'server-error',
};

/** What went wrong, in the words of this library. */
export function asAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    const code = NEEDS_USER[error.error];
    const failure: FailureClass = code === 'server-error' ? 'not-now' : code ? 'needs-user' : 'misconfigured';
    return withDetail(failure, code ?? 'authorization-refused', error.error, error.error_description);
  }
  if (error instanceof oauth.ResponseBodyError) {
    // A code that was used, or is older than a minute: the user signs in again.
    if (error.error === 'invalid_grant')
      return withDetail('needs-user', 'code-refused', error.error, error.error_description);
    if (error.status >= 500) return authError('not-now', 'server-error');
    return withDetail('misconfigured', 'token-request-refused', error.error, error.error_description);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return authError('misconfigured', 'token-request-refused', String(error.status));
  }
  const reason = error instanceof Error ? error.message : '';
  return authError(
    'misconfigured',
    /id token|id_token|"nonce"|"sub"|"aud"/i.test(reason)
      ? 'invalid-id-token'
      : 'invalid-authorization-response',
    reason,
  );
}

function withDetail(
  failure: FailureClass,
  code: string,
  fact: string,
  detail: string | undefined,
): AuthError {
  return new AuthError({ failure, code, facts: [fact], detail: detail?.slice(0, 300) });
}
