import { type AuthProvider, type Exchange, type Grant, authError } from 'ngx-latchkey/core';
import { type FirebaseActions, firebaseActions } from './firebase-actions';
import { readRenewal, readSignIn } from './firebase-answers';
import { type FirebaseOptions, firebaseServer } from './firebase-options';
import { type AccountCall, type FirebaseSignIn, SIGN_IN_TAKES, signInCall } from './firebase-sign-in';

/**
 * Firebase Authentication by its REST API, without the Firebase SDK: an ID token as bearer, renewed with a refresh token that stays the same.
 *
 * There is no logout at the server: a refresh token lives until an administrator revokes it, so nothing of a session that has ended is kept here.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example
 * provideAuth(firebase({ apiKey: 'AIza…', projectId: 'my-shop', api: ['https://api.example.com'] }))
 */
export function firebase(options: FirebaseOptions): AuthProvider<FirebaseSignIn, FirebaseActions> {
  const server = firebaseServer(options);
  const login: Exchange<AccountCall, Grant> = {
    request: ([method, json]) => server.account(method, { ...json, returnSecureToken: true }),
    read: answer => readSignIn(answer, options),
  };
  return {
    id: 'firebase',
    audience: server.audience,
    endpoints: server.endpoints,
    signIn: {
      start(input, http) {
        const call = signInCall(input);
        return call === null
          ? Promise.reject(authError('needs-user', 'invalid-input', SIGN_IN_TAKES))
          : http.send(login, call);
      },
    },
    session: {
      kind: 'renewable',
      secret: 'held',
      rotation: 'none',
      secretAt: ['refreshToken', 'refresh_token'],
      renew: {
        request: ({ secret = '' }) => server.token(secret),
        read: answer => readRenewal(answer, options),
      },
    },
    api: { origins: options.api ?? [] },
    actions: context => firebaseActions(context, server, options),
    factory: firebase,
  };
}
