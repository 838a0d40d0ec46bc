import {
  type AuthProvider,
  type AuthUser,
  type Grant,
  type Held,
  type JsonObject,
  type Refusal,
  type RenewableSession,
  type UrlRule,
  type WireAnswer,
  type WireRequest,
  cookieProbe,
  isJsonObject,
  isRefusal,
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
  /** The claims that hold roles; dotted where they are nested. Default `['roles']`. */
  readonly roles?: readonly string[];
  /** The same for permissions. Default `['permissions']`. */
  readonly permissions?: readonly string[];
  /** Makes the user from what the server answers. */
  readonly toUser?: (source: JsonObject) => AuthUser;
}

/** What `login` takes. */
export interface CookieSessionLogin {
  /** The URL of the application to go on with; default: the present one. */
  readonly returnUrl?: string;
  /** How strongly the user has to sign in (`acr_values`), where the server passes it on. */
  readonly acrValues?: string;
  /** Seconds since the user last proved who it is, at most (`max_age`), where the server passes it on. */
  readonly maxAge?: number;
}

/** In the URL with which a user comes back: which sign-in has ended. */
const STATE = 'latchkey-state';
/** What the page holds of the session. */
const NOTHING: Held = { token: '' };

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

  const renew: RenewableSession['renew'] = {
    request: () => ask('GET', paths.user),
    read: answer => readUser(answer, toUser),
  };

  return {
    id: 'cookie-session',
    audience: url,
    endpoints: [at(paths.login), at(paths.user), at(paths.logout)],
    signIn: {
      start: ({ returnUrl, acrValues, maxAge }) => {
        const state = crypto.getRandomValues(new Uint32Array(4)).join('-');
        const login = new URL(at(paths.login), document.baseURI);
        const asked = {
          returnUrl: wayBack(returnUrl, state, login.origin),
          acr_values: acrValues,
          max_age: maxAge?.toString(),
        };
        for (const [key, text] of Object.entries(asked)) {
          if (text !== undefined) login.searchParams.set(key, text);
        }
        return Promise.resolve({ redirect: login.href, state, transaction: null });
      },
      // Whoever comes back asks: the cookie may be another's than the session that this page has kept, or follow a logout that is still owed.
      callback: {
        stateIn: here => here.searchParams.get(STATE),
        cleaned(here) {
          const cleaned = new URL(here);
          cleaned.searchParams.delete(STATE);
          return cleaned;
        },
        complete: (_url, _transaction, http) =>
          http.send({ ...renew, read: answer => readArrival(renew.read(answer, NOTHING), answer) }, NOTHING),
        flow: () => redirectFlow(),
      },
    },
    session: {
      kind: 'renewable',
      secret: 'cookie',
      rotation: 'none',
      probe: cookieProbe('always'),
      renew,
      end: {
        request: () => ask('POST', paths.logout),
        read: answer => (isOver(answer) ? undefined : unexpectedAnswer(answer)),
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

/** Where the user comes back to: a page of this application, by its path where the server is of the same origin. */
function wayBack(asked: string | undefined, state: string, server: string): string {
  const here = new URL(location.href);
  const wanted = asked !== undefined && URL.canParse(asked, here) ? new URL(asked, here) : here;
  // A URL with a name of a user in it, and a `blob:`, have the same origin and are no pages of it.
  const back = wanted.href.startsWith(`${here.origin}/`) ? wanted : here;
  back.searchParams.set(STATE, state);
  return server === back.origin ? back.href.slice(back.origin.length) : back.href;
}

/** At the end of a sign-in, nobody is who did not want to. */
function readArrival(read: Grant | Refusal, answer: WireAnswer): Grant | Refusal {
  return isRefusal(read) && read.failure === 'refused' ? refuse('needs-user', 'access-denied', answer) : read;
}

/** Whether the server says that its session is over. A page of something in between does not: the cookie would bring the session back. */
function isOver({ status, json, headers }: WireAnswer): boolean {
  if (status === 401) return isJsonObject(json);
  return status >= 200 && status < 300 && !(headers['content-type'] ?? '').includes('html');
}

/** Who is signed in: the user, or 401 for nobody. */
function readUser(answer: WireAnswer, toUser: (source: JsonObject) => AuthUser): Grant | Refusal {
  const { status, json } = answer;
  if (status === 401 && isJsonObject(json)) return refuse('refused', 'session-refused', answer);
  if (status !== 200 || !isJsonObject(json) || typeof (json['sub'] ?? json['id']) !== 'string') {
    return unexpectedAnswer(answer);
  }
  return { ...NOTHING, user: toUser({ sub: json['id'], ...json }) };
}
