import {
  type ActionContext,
  type AuthUser,
  type Grant,
  type Held,
  type Json,
  type Refusal,
  type WireAnswer,
  type WireRequest,
  authError,
  refuse,
} from 'ngx-latchkey/core';
import { readGrant, readUser, readUsers } from './space-cloud-answers';
import { hasRunOut } from './space-cloud-api';
import type { SpaceCloudUserPaths } from './space-cloud-user';

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
  { http, signIn, held }: ActionContext,
  auth: string,
  paths: SpaceCloudUserPaths,
): SpaceCloudActions {
  const ask = <Output>(
    { path, ...request }: Omit<WireRequest, 'url'> & { readonly path: string },
    read: (answer: WireAnswer) => Output | Refusal,
    token?: string,
  ): Promise<Output> =>
    http.send(
      {
        request: () => ({
          url: auth + path,
          ...request,
          ...(token !== undefined && { headers: { Authorization: `Bearer ${token}` } }),
        }),
        read: answer =>
          answer.status === 403 && token !== undefined && hasRunOut(token)
            ? refuse('refused', 'session-refused', answer)
            : read(answer),
      },
      undefined,
    );
  const grant = (answer: WireAnswer): Grant | Refusal => readGrant(answer, paths);
  const present = (): Held & { readonly id: string } => {
    const session = held();
    if (session?.user === undefined) throw authError('needs-user', 'unauthenticated');
    return { ...session, id: session.user.id };
  };
  const enter = async (accepted: Promise<Grant>): Promise<AuthUser | null> => {
    await signIn(await accepted);
    return held()?.user ?? null;
  };

  return {
    async signUp({ email, password, name = '', role = '' }) {
      if (email === '' || password === '') throw incomplete();
      // The gateway drops the connection when one of the four is missing.
      const json: Json = { email, pass: password, name, role };
      return enter(ask({ path: '/email/signup', method: 'POST', json }, grant));
    },
    async profile(id) {
      const { token, id: own } = present();
      const path = `/profile/${encodeURIComponent(id ?? own)}`;
      return ask({ path, method: 'GET' }, answer => readUser(answer, paths), token);
    },
    async profiles() {
      return ask({ path: '/profiles', method: 'GET' }, answer => readUsers(answer, paths), present().token);
    },
    async editProfile({ email = '', name = '', password = '' }) {
      const { token, id } = present();
      // An empty text changes nothing, and a missing one would make the gateway drop the connection.
      const json: Json = { email, name, pass: password };
      return enter(
        ask({ path: `/edit_profile/${encodeURIComponent(id)}`, method: 'POST', json }, grant, token),
      );
    },
  };
}

function incomplete(): Error {
  return authError('needs-user', 'invalid-input', '{ email, password }, both of them text that is not empty');
}
