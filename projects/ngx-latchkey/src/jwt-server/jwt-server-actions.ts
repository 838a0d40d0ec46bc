import { type ActionContext, type AuthUser, type Exchange, type Json, isRefusal } from 'ngx-latchkey/core';
import { readFailedSignIn, readGrant, readNothing, type AnswerReader } from './jwt-server-answers';
import { type JwtServerPaths, requestName } from './jwt-server-options';

/** A new account; whatever else the server wants to know goes in beside the two. */
export interface Registration {
  readonly username: string;
  readonly password: string;
  readonly [other: string]: Json;
}

/** What a JWT server can do besides keeping a session; see `injectAuthActions`. */
export interface JwtServerActions {
  /**
   * Creates an account, and signs the user in if the server answers with tokens.
   *
   * @throws AuthError `username-taken`, `invalid-input`, `unreachable`, `server-error`, …
   */
  register(registration: Registration): Promise<AuthUser | null>;
  /** Has the server send a password reset; resolves whether or not it knows the address. */
  requestPasswordReset(request: { readonly email: string }): Promise<void>;
  /** Sets a new password with the token of a reset. @throws AuthError `not-accepted` when the token is used up or too old */
  resetPassword(reset: { readonly token: string; readonly password: string }): Promise<void>;
  /** Confirms an e-mail address. @throws AuthError `not-accepted` when the token is used up or too old */
  verifyEmail(verification: { readonly token: string }): Promise<void>;
}

export function jwtServerActions(
  { http, signIn, held }: ActionContext,
  reader: AnswerReader,
  paths: JwtServerPaths,
  post: (path: string, json: Json) => ReturnType<Exchange<unknown, unknown>['request']>,
): JwtServerActions {
  const tell = (path: string, json: Json): Promise<void> =>
    http.send<Json, void>({ request: body => post(path, body), read: readNothing }, json);
  return {
    async register(registration) {
      const { username, password } = registration;
      const json: Record<string, Json> = { ...registration };
      delete json['username'];
      delete json['password'];
      json[requestName(reader.field('username'))] = username;
      json[requestName(reader.field('password'))] = password;
      const grant = await http.send(
        {
          request: (body: Json) => post(paths.register, body),
          read: answer => {
            if (answer.status >= 300) return readFailedSignIn(answer);
            const read = readGrant(answer, reader);
            // A server that wants the user to sign in afterwards sends no token.
            return isRefusal(read) ? null : read;
          },
        },
        json,
      );
      if (grant === null) return null;
      await signIn(grant);
      return held()?.user ?? null;
    },
    requestPasswordReset: request => tell(paths.forgotPassword, request),
    resetPassword: reset => tell(paths.resetPassword, reset),
    verifyEmail: verification => tell(paths.verifyEmail, verification),
  };
}
