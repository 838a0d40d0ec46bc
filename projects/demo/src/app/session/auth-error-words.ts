import { HttpErrorResponse } from '@angular/common/http';
import { AuthError } from 'ngx-latchkey';

/** Any failure as a sentence that tells a person what to do. */
export function failureWords(error: unknown): string {
  if (error instanceof AuthError) return authErrorWords(error);
  if (error instanceof HttpErrorResponse) return httpErrorWords(error);
  return 'Something unexpected happened. The browser console tells more.';
}

/** Words by {@link AuthError.code}, the way an application would write them for its own users. */
export function authErrorWords({ code, detail, retryAfter, status }: AuthError): string {
  const wait = retryAfter === undefined ? 'in a moment' : `in ${retryAfter} seconds`;
  switch (code) {
    case 'invalid-credentials':
      return 'The user name or the password is wrong.';
    case 'username-taken':
      return 'This user name or e-mail address is already taken. Choose another.';
    case 'invalid-input':
    case 'not-accepted':
      return detail ?? 'Something in the form is missing or not allowed.';
    case 'not-allowed':
      return 'This account may not sign in.';
    case 'account-locked':
      return 'This account is locked.';
    case 'account-not-verified':
      return 'This account has to be confirmed first: follow the link in the e-mail that you got.';
    case 'wrong-code':
      return 'This is not the code.';
    case 'weak-password':
      return detail ?? 'This password is too weak.';
    case 'challenge-expired':
      return 'That took too long. Start over.';
    case 'access-denied':
      return 'You did not sign in there.';
    case 'popup-blocked':
      return 'The browser did not open the window. Allow it for this page, or go there instead.';
    case 'popup-closed':
    case 'sign-in-abandoned':
      return 'You came back without having signed in.';
    case 'transaction-unknown':
    case 'code-refused':
      return 'This sign-in is too old, or began elsewhere. Try again.';
    case 'not-renewable':
      return 'This back end renews no tokens.';
    case 'unreachable':
      return 'The auth server cannot be reached. Check that it is running, then try again.';
    case 'no-answer':
      return 'The auth server takes too long to answer. Try again.';
    case 'server-error':
      return `The auth server has trouble (${status ?? 'no status'}). Nothing is wrong with what you typed; try again ${wait}.`;
    case 'rate-limited':
      return `Too many attempts. Try again ${wait}.`;
    case 'unexpected-answer':
      return 'Something else answered in place of the auth server, such as a Wi-Fi sign-in page.';
    case 'unexpected-fields':
      return 'The auth server answered in a form this application does not know. Its set-up has to change.';
    case 'temporarily-unavailable':
      return `You are still signed in, but the session cannot be renewed right now. Try again ${wait}.`;
    case 'session-ended':
    case 'unauthenticated':
      return 'The session is over. Log in again.';
    default:
      return detail ?? `It did not work (${code}).`;
  }
}

function httpErrorWords({ status, error }: HttpErrorResponse): string {
  if (status === 0) return 'The server cannot be reached. Check that it is running, then try again.';
  const body: unknown = error;
  const sentence =
    typeof body === 'object' && body !== null && 'message' in body ? `: ${String(body.message)}` : '.';
  return `The server answered ${status}${sentence}`;
}
