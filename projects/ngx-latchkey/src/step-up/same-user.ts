import { type AuthProvider, type AuthUser, authError } from 'ngx-latchkey/core';

/** Whether two are known to be the same person. */
export function isSame(one: AuthUser | undefined, other: AuthUser | undefined): boolean {
  return one !== undefined && one.id === other?.id;
}

/** The provider, whose sign-ins elsewhere are refused when somebody else comes back. */
export function forUser(provider: AuthProvider, user: AuthUser | undefined): AuthProvider {
  const { signIn, session } = provider;
  const { callback } = signIn;
  if (callback === undefined) return provider;
  return {
    ...provider,
    signIn: {
      ...signIn,
      callback: {
        ...callback,
        async complete(url, transaction, http) {
          const grant = await callback.complete(url, transaction, http);
          if (isSame(user, grant.user)) return grant;
          // Nobody is going to use what the server handed out.
          const end = session.kind === 'delegated' ? undefined : session.end;
          if (end !== undefined) http.send(end, grant).catch(() => undefined);
          throw authError('needs-user', 'step-up-other-user');
        },
      },
    },
  };
}
