import {
  type ActionContext,
  type AuthUser,
  type Exchange,
  type Json,
  type WireRequest,
  authError,
  isJsonObject,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { readFailedSignIn, readRefusedToken } from './feathers-failure';
import type { FeathersCredentials } from './feathers-options';
import { userFrom } from './feathers-user';
import type { FeathersWire } from './feathers-wire';

/** What a Feathers server can do besides keeping a session; see `injectAuthActions`. */
export interface FeathersActions {
  /**
   * Creates a user. The server sends no token for it: with credentials the user is signed in afterwards.
   *
   * @throws AuthError `already-exists`, `invalid-input`, `not-allowed`, and whatever a sign-in throws
   */
  signUp(user: Readonly<Record<string, Json>>, credentials?: FeathersCredentials): Promise<AuthUser>;
  /** The user of the session as the server knows it now. @throws AuthError `unauthenticated`, `session-refused`, … */
  profile(): Promise<AuthUser>;
}

export function feathersActions(
  { http, signIn, held, usable }: ActionContext,
  wire: FeathersWire,
): FeathersActions {
  const { options, users, headers, login } = wire;
  const create: Exchange<Json, AuthUser> = {
    request: (json): WireRequest => ({ url: users, method: 'POST', json }),
    read: answer =>
      answer.status < 300
        ? (userFrom(answer.json, '', options) ?? unexpectedAnswer(answer))
        : readFailedSignIn(answer, failure =>
            // Nobody is signed in who could be refused: the service is closed to strangers.
            failure.className === 'not-authenticated' ? 'not-allowed' : options.failureCode?.(failure),
          ),
  };
  return {
    async signUp(user, credentials) {
      const created = await http.send(create, user);
      if (credentials === undefined) return created;
      await signIn(await http.send(login, credentials));
      return held()?.user ?? created;
    },
    async profile() {
      const { token, user } = await usable();
      if (user === undefined) throw authError('needs-user', 'unauthenticated');
      return http.send<string, AuthUser>(
        {
          request: id => ({
            url: `${users}/${encodeURIComponent(id)}`,
            method: 'GET',
            headers: headers(token),
          }),
          read: answer =>
            (answer.status === 200 && isJsonObject(answer.json)
              ? userFrom(answer.json, token, options)
              : undefined) ?? readRefusedToken(answer),
        },
        user.id,
      );
    },
  };
}
