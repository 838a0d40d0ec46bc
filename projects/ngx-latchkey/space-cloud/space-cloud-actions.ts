import { type ActionContext, type AuthUser, type Json, authError } from 'ngx-latchkey/core';
import { mustBeCredentials } from './space-cloud-credentials';
import { type SpaceCloudUserPaths, grantIn, userIn, usersIn } from './space-cloud-user';
import { type UserCall, userCall } from './user-call';

/** A new account. */
export interface SpaceCloudAccount {
  readonly email: string;
  readonly password: string;
  readonly name?: string;
  /** The gateway believes whatever is sent here: grant nothing by it that not everybody may have. */
  readonly role?: string;
}

/** What is to be changed; what is left out stays. */
export type SpaceCloudChanges = Partial<Pick<SpaceCloudAccount, 'email' | 'name' | 'password'>>;

/** What Space Cloud can do besides signing in; see `injectAuthActions`. */
export interface SpaceCloudActions {
  /** Creates an account and signs the user in. @throws AuthError `already-exists`, `sign-in-disabled`, `invalid-input`, … */
  signUp(account: SpaceCloudAccount): Promise<AuthUser | null>;
  /** The profile of a user, by default of the one who is signed in. @throws AuthError `not-allowed`, `unauthenticated`, … */
  profile(id?: string): Promise<AuthUser>;
  /** All users that the rules let the user see. @throws AuthError `not-allowed`, `unauthenticated`, … */
  profiles(): Promise<readonly AuthUser[]>;
  /** Changes the user's own profile; the session goes on with the new token. @throws AuthError `not-allowed`, `unauthenticated`, … */
  editProfile(changes: SpaceCloudChanges): Promise<AuthUser | null>;
}

/** @param auth the URL below which a database's user management is */
export function spaceCloudActions(
  { http, signIn, held, usable }: ActionContext,
  auth: string,
  paths: SpaceCloudUserPaths,
): SpaceCloudActions {
  const ask = <Found>(path: string, rest: Omit<UserCall<Found>, 'url' | 'paths'>): Promise<Found> =>
    http.send(userCall({ url: auth + path, paths, ...rest }), undefined);
  const present = async (): Promise<{ readonly token: string; readonly id: string }> => {
    const { user, token } = await usable();
    if (user === undefined) throw authError('needs-user', 'unauthenticated');
    return { token, id: user.id };
  };
  const enter = async (path: string, json: Json, token?: string): Promise<AuthUser | null> => {
    await signIn(await ask(path, { json, find: grantIn, ...(token !== undefined && { token }) }));
    return held()?.user ?? null;
  };

  return {
    async signUp(account) {
      mustBeCredentials(account);
      const { email, password, name = '', role = '' } = account;
      // The gateway drops the connection when one of the four is missing.
      return enter('/email/signup', { email, pass: password, name, role });
    },
    async profile(other) {
      const { token, id } = await present();
      return ask(`/profile/${encodeURIComponent(other ?? id)}`, { token, find: userIn });
    },
    async profiles() {
      return ask('/profiles', { token: (await present()).token, find: usersIn });
    },
    async editProfile({ email = '', name = '', password = '' }) {
      const { token, id } = await present();
      // An empty text changes nothing, and a missing one would make the gateway drop the connection.
      return enter(`/edit_profile/${encodeURIComponent(id)}`, { email, name, pass: password }, token);
    },
  };
}
