import { type ActionContext, type AuthUser, type Held, memberAt } from 'ngx-latchkey/core';
import type { AverosOptions } from './averos-options';
import type { AverosServer } from './averos-server';
import { type Meanings, readOr } from './averos-statuses';
import { averosUser, names } from './averos-user';

/** What Averos says about users, to somebody who is signed in. All reject with an `AuthError`, `unauthenticated` if nobody is. */
export interface AverosProfiles {
  /** The roles of the signed-in user, as the server has them now. */
  roles(): Promise<readonly string[]>;
  /** The signed-in user, as the server has it now. */
  profile(): Promise<AuthUser>;
  /** @throws AuthError `not-found` where there is no such user, or who asks may not see it */
  user(id: string): Promise<AuthUser>;
}

/** The engine does not hear of an action's answers: the token is replaced by the next renewal. */
const WITH_TOKEN: Meanings = {
  401: ['not-now', 'token-expired'],
  403: ['refused', 'not-allowed'],
  404: ['refused', 'not-found'],
};

export function averosProfiles(
  { http, usable }: Pick<ActionContext, 'http' | 'usable'>,
  server: AverosServer,
  options: AverosOptions,
): AverosProfiles {
  const ask = async <Output>(
    { token }: Held,
    url: string,
    read: (json: unknown) => Output | undefined,
  ): Promise<Output> =>
    http.send<undefined, Output>(
      { request: () => server.get(url, token), read: answer => readOr(answer, read, WITH_TOKEN) },
      undefined,
    );

  return {
    roles: async () =>
      ask(await usable(), `${server.auth}/luroles`, json => {
        const roles = memberAt(json, 'active_user_roles');
        return Array.isArray(roles) ? names(roles) : undefined;
      }),
    profile: async () => {
      const present = await usable();
      const filter = encodeURIComponent(JSON.stringify({ userName: { $eq: userNameOf(present) } }));
      return ask(present, `${server.users}/?filter=${filter}`, json => {
        const found = memberAt(json, 'returnedEntities');
        return Array.isArray(found) ? averosUser(found[0], options) : undefined;
      });
    },
    user: async id =>
      ask(await usable(), `${server.users}/${encodeURIComponent(id)}`, json => averosUser(json, options)),
  };
}

/** The name in the session, by which Averos finds profiles. */
export function userNameOf({ memory }: Held): string {
  const name = memberAt(memory, 'userName');
  return typeof name === 'string' ? name : '';
}
