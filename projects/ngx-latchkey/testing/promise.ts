import {
  AuthError,
  type AuthProvider,
  type Grant,
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

/** The request, or `null` where there is nobody to tell, which is said by an AuthError. */
export function requestOf(make: () => WireRequest): WireRequest | null {
  try {
    return make();
  } catch (error) {
    must(error instanceof AuthError, `what is thrown is an AuthError, not ${String(error)}`);
    return null;
  }
}

export function mustBeGrant(
  outcome: unknown,
  { session, api }: AuthProvider,
): asserts outcome is Readonly<Grant> {
  const refused = outcome instanceof AuthError ? `, and no ${outcome.code}` : '';
  const { token, user, secret } = outcome as Partial<Grant>;
  // Where a cookie is all, the headers say what goes to the APIs in place of a token.
  const byCookie = session.kind === 'renewable' && session.secret === 'cookie' && api.headers !== undefined;
  must(typeof token === 'string' && (byCookie || token !== ''), `the grant has a token${refused}`);
  must(isPlain(outcome), 'the grant is plain data, which can be stored');
  if (user === undefined) return;
  must(typeof user.id === 'string' && user.id !== '', 'the user has an id');
  must(Array.isArray(user.roles) && Array.isArray(user.permissions), 'roles and permissions are lists');
  const seen = JSON.stringify(user);
  for (const hidden of [token, secret ?? '']) {
    must(
      hidden === '' || !seen.includes(JSON.stringify(hidden)),
      'the user, whom all pages see, has no token',
    );
  }
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

/** Whether storing it and reading it again would change nothing. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object' || value === null) {
    return ['string', 'number', 'boolean', 'undefined'].includes(typeof value) || value === null;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.values(value).every(isPlain);
}
