import {
  AuthError,
  type AuthProvider,
  type Grant,
  type Held,
  type WireRequest,
  compileUrlRules,
} from 'ngx-latchkey/core';

/** One thing that the engine relies on. */
export interface ProviderPromise {
  readonly name: string;
  /** @throws Error with a sentence that says what is wrong */
  check(): Promise<void>;
}

/** The origin of the page, for providers with URLs of its own. */
export const PAGE = 'https://app.test';
export const HELD: Held = {
  token: 'canary-token',
  secret: 'canary-secret',
  user: { id: '1', roles: [], permissions: [], profile: {} },
};

/** The request, or `null` where there is nobody to tell, which is said by an AuthError. */
export function requestOf(make: () => WireRequest): WireRequest | null {
  try {
    return make();
  } catch (error) {
    must(error instanceof AuthError, `what is thrown is an AuthError, not ${String(error)}`);
    return null;
  }
}

export function mustBeGrant(outcome: unknown, { session, api }: AuthProvider): void {
  const { token, user } = outcome as Partial<Grant>;
  // Where a cookie is all, the headers say what goes to the APIs in place of a token.
  const byCookie = session.kind === 'renewable' && session.secret === 'cookie' && api.headers !== undefined;
  must(typeof token === 'string' && (byCookie || token !== ''), 'the grant has a token');
  if (user === undefined) return;
  must(typeof user.id === 'string' && user.id !== '', 'the user has an id');
  must(Array.isArray(user.roles) && Array.isArray(user.permissions), 'roles and permissions are lists');
}

export function mustBeOwn({ endpoints, api }: AuthProvider, { url }: WireRequest): void {
  must(!url.includes('canary'), 'no URL carries a token or a secret');
  // Some back ends have one endpoint for everything.
  const places = [...endpoints, ...api.origins];
  must(compileUrlRules(places, PAGE, () => PAGE)(url), `${url} is an endpoint or an API of the provider`);
}

export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`A provider has to keep this: ${what}.`);
}
