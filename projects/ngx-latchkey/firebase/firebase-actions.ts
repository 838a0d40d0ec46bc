import {
  type ActionContext,
  type AuthUser,
  type Exchange,
  type Json,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  isRefusal,
  memberAt,
} from 'ngx-latchkey/core';
import { type FirebaseClaimPaths, grantIn, readSignIn, textOf } from './firebase-answers';
import { failureName, readFailure } from './firebase-failure';
import type { FirebaseServer } from './firebase-options';
import type { AccountCall } from './firebase-sign-in';

/** What a user may change of the account. */
export interface FirebaseChanges {
  readonly displayName?: string;
  readonly photoUrl?: string;
  readonly email?: string;
  readonly password?: string;
}

/** What Firebase can do besides keeping a session; see `injectAuthActions`. Codes are the `oobCode` of a mail's link. */
export interface FirebaseActions {
  /** Creates an account and signs the user in. @throws AuthError `already-exists`, `weak-password`, `invalid-input`, `sign-in-disabled` */
  signUp(account: {
    readonly email: string;
    readonly password: string;
    readonly displayName?: string;
  }): Promise<AuthUser | null>;
  /** Mails a link that resets the password; resolves whether or not Firebase knows the address. */
  sendPasswordReset(request: { readonly email: string; readonly continueUrl?: string }): Promise<void>;
  /** Sets a new password, and tells whose it is. @throws AuthError `not-accepted`, `weak-password` */
  confirmPasswordReset(reset: {
    readonly code: string;
    readonly password: string;
  }): Promise<{ readonly email: string }>;
  /** Mails a link that confirms the address of whoever is signed in. */
  sendVerification(request?: { readonly continueUrl?: string }): Promise<void>;
  /** Confirms an address. The next ID token says so: `auth.refresh()`. @throws AuthError `not-accepted` */
  verifyEmail(verification: { readonly code: string }): Promise<void>;
  /** Mails a link to sign in with. @throws AuthError `return-url-not-allowed`, `sign-in-disabled` */
  sendSignInLink(request: { readonly email: string; readonly continueUrl: string }): Promise<void>;
  /** The user as the server knows it now. */
  profile(): Promise<AuthUser>;
  /** Changes the account; an anonymous one that gets an e-mail address and a password becomes a lasting one. @throws AuthError `recent-sign-in-required` */
  updateProfile(changes: FirebaseChanges): Promise<AuthUser>;
  /** Deletes the account. Log out afterwards. @throws AuthError `recent-sign-in-required` */
  deleteAccount(): Promise<void>;
}

export function firebaseActions(
  { http, signIn, held, usable, end }: ActionContext,
  server: FirebaseServer,
  paths: FirebaseClaimPaths,
): FirebaseActions {
  const ask = <Output>(
    [method, json]: AccountCall,
    read: (answer: WireAnswer) => Output | Refusal,
  ): Promise<Output> => {
    const exchange: Exchange<Json, Output> = { request: body => server.account(method, body), read };
    return http.send(exchange, json);
  };
  const mail = (requestType: string, json: AccountCall[1]): Promise<void> =>
    ask(['sendOobCode', { requestType, ...json }], readNothing);

  return {
    async signUp(account) {
      const call = { ...account, returnSecureToken: true };
      await signIn(await ask(['signUp', call], answer => readSignIn(answer, paths)));
      return held()?.user ?? null;
    },
    sendPasswordReset: request =>
      ask(['sendOobCode', { requestType: 'PASSWORD_RESET', ...request }], answer =>
        // Who asks is not told which addresses there are.
        failureName(answer) === 'EMAIL_NOT_FOUND' ? undefined : readNothing(answer),
      ),
    confirmPasswordReset: ({ code, password }) =>
      ask(['resetPassword', { oobCode: code, newPassword: password }], answer => {
        const email = textOf(memberAt(answer.json, 'email'));
        return answer.status === 200 && email !== undefined ? { email } : readFailure(answer);
      }),
    sendVerification: async (request = {}) =>
      mail('VERIFY_EMAIL', { idToken: (await usable()).token, ...request }),
    sendSignInLink: request => mail('EMAIL_SIGNIN', { ...request, canHandleCodeInApp: true }),
    verifyEmail: ({ code }) => ask(['update', { oobCode: code }], readNothing),
    async profile() {
      const { token: idToken, user } = await usable();
      return ask(['lookup', { idToken }], answer => {
        const [account] = [memberAt(answer.json, 'users')].flat();
        return readAccount(answer, account, user);
      });
    },
    async updateProfile(changes) {
      const { token: idToken, user } = await usable();
      const call = { idToken, ...changes, returnSecureToken: true };
      const { account, grant } = await ask(['update', call], answer => {
        const account = readAccount(answer, answer.json, user);
        return isRefusal(account) ? account : { account, grant: grantIn(answer, paths) };
      });
      // With a new password or address the tokens of before are worth nothing any more.
      if (grant !== undefined) await signIn(grant);
      return account;
    },
    async deleteAccount() {
      await ask(['delete', { idToken: (await usable()).token }], readNothing);
      await end();
    },
  };
}

function readNothing(answer: WireAnswer): undefined | Refusal {
  return answer.status === 200 && isJsonObject(answer.json) ? undefined : readFailure(answer);
}

/** The user as an account describes it; roles and permissions are in the ID token only. */
function readAccount(answer: WireAnswer, account: unknown, known: AuthUser | undefined): AuthUser | Refusal {
  const id = textOf(memberAt(account, 'localId'));
  if (answer.status !== 200 || !isJsonObject(account) || id === undefined) return readFailure(answer);
  const { passwordHash: _hash, salt: _salt, idToken: _token, refreshToken: _secret, ...profile } = account;
  return {
    id,
    name: textOf(account['displayName']),
    email: textOf(account['email']),
    roles: known?.roles ?? [],
    permissions: known?.permissions ?? [],
    profile,
  };
}
