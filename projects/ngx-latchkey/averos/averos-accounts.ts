import { type AuthHttp, type AuthUser, type Exchange, type Json } from 'ngx-latchkey/core';
import { readTaken } from './availability';
import type { AverosOptions } from './averos-options';
import type { AverosServer } from './averos-server';
import { type Meanings, failureIn, isDone, readOr } from './averos-statuses';
import { averosUser } from './averos-user';
import { requiredInput } from './required-input';

/** A new account: a User object of Averos. */
export interface AverosRegistration {
  readonly userName: string;
  readonly email: string;
  readonly password: string;
  /** `firstName`, `lastName`, `birthdate`, `gender`, `city`, … */
  readonly [other: string]: Json;
}

/** What Averos does with accounts, nobody being signed in. All reject with an `AuthError`. */
export interface AverosAccounts {
  /**
   * Makes an account. The user verifies it and signs in.
   *
   * @throws AuthError `already-exists`, `invalid-input`, `declined`
   */
  register(registration: AverosRegistration): Promise<AuthUser>;
  isUserNameTaken(userName: string): Promise<boolean>;
  isEmailTaken(email: string): Promise<boolean>;
  /** With the `vt` of the link in the e-mail. @throws AuthError `not-accepted` when the token is used up or too old */
  verifyAccount(verification: { readonly token: string }): Promise<void>;
  /** Has a link sent with which the password can be replaced. */
  requestPasswordReset(request: { readonly email: string }): Promise<void>;
  /** With the `rpt` of the link. @throws AuthError `not-accepted` when the token is used up or too old, or the password too weak */
  resetPassword(reset: { readonly token: string; readonly password: string }): Promise<void>;
}

const NOT_ACCEPTED: Meanings = Object.fromEntries(
  [400, 401, 403, 410, 422].map(status => [status, ['refused', 'not-accepted']]),
);
const REGISTRATION: Meanings = {
  400: ['refused', 'invalid-input'],
  409: ['refused', 'already-exists'],
  422: ['refused', 'invalid-input'],
};

export function averosAccounts(
  http: AuthHttp,
  { auth, get, post }: AverosServer,
  options: AverosOptions,
): AverosAccounts {
  const registration: Exchange<AverosRegistration, AuthUser> = {
    request: user => post(`${auth}/register`, user),
    read: answer => readOr(answer, json => averosUser(json, options), REGISTRATION),
  };
  const tell = (path: string, json: Json): Promise<void> =>
    http.send<Json, void>(
      {
        request: body => post(auth + path, body),
        read: answer => (isDone(answer) ? undefined : failureIn(answer, NOT_ACCEPTED)),
      },
      json,
    );
  const ask = (path: string, value: string, documented: Parameters<typeof readTaken>[1]): Promise<boolean> =>
    http.send(
      {
        request: name => get(`${auth}${path}${encodeURIComponent(name)}`),
        read: answer => readTaken(answer, documented),
      },
      requiredInput({ value }).value,
    );

  return {
    register: async user => {
      const { userName, email, password } = user;
      requiredInput({ userName, email, password });
      return http.send(registration, user);
    },
    isUserNameTaken: async userName => ask('/users/', userName, 'userNameNotAvailable'),
    isEmailTaken: async email => ask('/users/email/', email, 'emailNotAvailable'),
    verifyAccount: async ({ token }) => tell('/vaccount', requiredInput({ token })),
    requestPasswordReset: async ({ email }) => tell('/rrp', requiredInput({ email })),
    resetPassword: async ({ token, password }) => tell('/rp', requiredInput({ password, token })),
  };
}
