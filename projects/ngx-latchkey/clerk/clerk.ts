import {
  type ActionContext,
  type AuthProvider,
  type UrlRule,
  authError,
  delegatedSession,
} from 'ngx-latchkey/core';
import type { ClerkInstance, ClerkOrganization } from './clerk-instance';
import { type ClerkSdkOptions, clerkSdk } from './clerk-sdk';

/** Options of {@link clerk}. */
export interface ClerkOptions extends ClerkSdkOptions {
  /** Where the token may go: the APIs of the application. */
  readonly api?: readonly UrlRule[];
}

/** What Clerk can do besides keeping a session; see `injectAuthActions`. */
export interface ClerkActions {
  /** The organizations that the user belongs to. */
  organizations(): readonly ClerkOrganization[];
  /** Goes on in another organization, or in none: with its token, roles and permissions. */
  setOrganization(id: string | null): Promise<void>;
}

/**
 * The session that a `Clerk` instance of the application keeps. Users sign in with Clerk's components; `login` rejects with `sign-in-elsewhere`.
 *
 * @param instance loaded, or about to be: `await clerk.load()`
 *
 * @example
 * const instance = new Clerk('pk_live_…');
 * await instance.load();
 * provideAuth(clerk(instance, { api: ['https://api.example.com'] }))
 */
export function clerk(
  instance: ClerkInstance,
  options: ClerkOptions = {},
): AuthProvider<object, ClerkActions> {
  const sdk = clerkSdk(instance, options);
  return {
    id: 'clerk',
    audience: instance.frontendApi,
    endpoints: [],
    signIn: {
      start: () =>
        Promise.reject(
          authError('misconfigured', 'sign-in-elsewhere', "Clerk's own components, such as mountSignIn(…)"),
        ),
    },
    session: delegatedSession(sdk),
    api: { origins: options.api ?? [] },
    actions: (_context: ActionContext) => ({
      organizations: () =>
        instance.user?.organizationMemberships.map(({ organization }) => organization) ?? [],
      setOrganization: id => instance.setActive({ organization: id }),
    }),
    factory: clerk,
  };
}
