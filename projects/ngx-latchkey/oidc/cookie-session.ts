import {
  type AuthProvider,
  type AuthUser,
  type Grant,
  type JsonObject,
  type UrlRule,
  type WireAnswer,
  type WireRequest,
  isJsonObject,
  redirectFlow,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { userFrom } from './oidc-user';

/** Options of {@link cookieSession}. */
export interface CookieSessionOptions {
  /** Where the server of the application has its endpoints. Default `/bff`, of the page's own origin. */
  readonly url?: string;
  /** Paths below it. Defaults `/login`, `/user`, `/logout`. */
  readonly paths?: { readonly login?: string; readonly user?: string; readonly logout?: string };
  /** A header without which the server refuses requests, so that no other site can make them. Default `X-CSRF: 1`. */
  readonly csrfHeader?: readonly [name: string, value: string];
  /** Where the cookie goes besides: the application's APIs. Default `/api`. */
  readonly api?: readonly UrlRule[];
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
  /** Makes the user from what the server answers. */
  readonly toUser?: (source: JsonObject) => AuthUser;
}

/** What `login` takes. */
export interface CookieSessionLogin {
  readonly returnUrl?: string;
}

/**
 * A session that the application's own server keeps (backend for frontend, RFC 10017, section 6.1): no token is ever in the page.
 *
 * @example provideAuth(cookieSession())
 */
export function cookieSession(options: CookieSessionOptions = {}): AuthProvider<CookieSessionLogin> {
  const { url = '/bff', csrfHeader: [name, value] = ['X-CSRF', '1'] } = options;
  const paths = { login: '/login', user: '/user', logout: '/logout', ...options.paths };
  const at = (path: string): string => url.replace(/\/+$/, '') + path;
  const ask = (method: 'GET' | 'POST', path: string): WireRequest => ({
    url: at(path),
    method,
    headers: { [name]: value },
    credentials: 'include',
  });
  const oidcLike = {
    issuer: '',
    clientId: '',
    ...(options.roles && { roles: options.roles }),
    ...(options.permissions && { permissions: options.permissions }),
  };
  const toUser = options.toUser ?? (source => userFrom(source, '', oidcLike));

  return {
    id: 'cookie-session',
    audience: url,
    endpoints: [at(paths.login), at(paths.user), at(paths.logout)],
    signIn: {
      // The server does the rest; the page that comes back finds the session by asking.
      start: input => {
        const { returnUrl = location.href } = input;
        const login = new URL(at(paths.login), document.baseURI);
        login.searchParams.set(
          'returnUrl',
          new URL(returnUrl, location.href).href.replace(location.origin, ''),
        );
        return Promise.resolve({ redirect: login.href, state: 'cookie-session', transaction: null });
      },
      callback: {
        stateIn: () => null,
        cleaned: here => here,
        complete: () => Promise.reject(new Error('The server ends the sign-in.')),
        flow: () => redirectFlow(),
      },
    },
    session: {
      kind: 'renewable',
      secret: 'cookie',
      rotation: 'none',
      probe: 'always',
      renew: { request: () => ask('GET', paths.user), read: answer => readUser(answer, toUser) },
      end: {
        request: () => ask('POST', paths.logout),
        read: answer => (answer.status < 500 ? undefined : unexpectedAnswer(answer)),
      },
    },
    api: {
      origins: options.api ?? ['/api'],
      withCredentials: true,
      headers: () => ({ [name]: value }),
    },
    factory: cookieSession,
  };
}

/** Who is signed in: the user, or 401 for nobody. */
function readUser(
  answer: WireAnswer,
  toUser: (source: JsonObject) => AuthUser,
): Grant | ReturnType<typeof refuse> {
  const { status, json } = answer;
  if (status === 401 && isJsonObject(json)) return refuse('refused', 'session-refused', answer);
  if (status !== 200 || !isJsonObject(json) || typeof (json['sub'] ?? json['id']) !== 'string') {
    return unexpectedAnswer(answer);
  }
  return { token: '', user: toUser({ sub: json['id'], ...json }) };
}
