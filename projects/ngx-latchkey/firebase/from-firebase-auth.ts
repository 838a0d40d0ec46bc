import { type AuthProvider, type UrlRule, authError, delegatedSession } from 'ngx-latchkey/core';
import type { FirebaseClaimPaths } from './firebase-answers';
import { type FirebaseSdkAuth, firebaseSdk } from './firebase-sdk';

/** Options of {@link fromFirebaseAuth}. */
export interface FromFirebaseAuthOptions extends FirebaseClaimPaths {
  /** Where the ID token may go: the APIs of the application. */
  readonly api?: readonly UrlRule[];
}

/**
 * The session that the Firebase SDK of the application keeps. Users sign in with the SDK; `login` rejects with `sign-in-elsewhere`.
 *
 * @param auth what the SDK's `getAuth()` returns
 *
 * @example
 * provideAuth(fromFirebaseAuth(getAuth(app), { api: ['https://api.example.com'] }))
 */
export function fromFirebaseAuth(auth: FirebaseSdkAuth, options: FromFirebaseAuthOptions = {}): AuthProvider {
  const sdk = firebaseSdk(auth, options);
  return {
    id: 'firebase-sdk',
    audience: auth.app.options.projectId ?? 'firebase',
    endpoints: [],
    signIn: {
      start: () =>
        Promise.reject(
          authError(
            'misconfigured',
            'sign-in-elsewhere',
            'the Firebase SDK, such as signInWithPopup(auth, …)',
          ),
        ),
    },
    session: delegatedSession(sdk),
    api: { origins: options.api ?? [] },
    factory: fromFirebaseAuth,
  };
}
