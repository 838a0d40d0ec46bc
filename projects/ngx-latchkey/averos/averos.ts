import {
  AuthError,
  type AuthProvider,
  type AuthUser,
  type Exchange,
  type Grant,
  type Held,
  type Json,
  type JsonObject,
  type Refusal,
  type UrlRule,
  type WireAnswer,
  type WireRequest,
  isJsonObject,
  memberAt,
  refuse,
  secureUrl,
  unexpectedAnswer,
  authError,
} from 'ngx-latchkey/core';

/** What `login` takes. A `userName` that contains `@` is sent as an e-mail address. */
export interface AverosCredentials {
  readonly userName: string;
  readonly password: string;
}

/** Options of {@link averos}. */
export interface AverosOptions {
  /** The Averos auth provider, such as `https://auth.example.com`; its endpoints are below `/auth`. */
  readonly url: string;
  /** Where the token may go besides the provider's own origin. */
  readonly api?: readonly UrlRule[];
}

/** Averos answers so when the session is over and no refresh can help. */
const SESSION_OVER = 460;

/**
 * The Averos auth provider: an opaque token as bearer, renewed at `/auth/rt/` with a cookie that script cannot read.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example provideAuth(averos({ url: 'http://localhost:3333' }))
 */
export function averos(options: AverosOptions): AuthProvider<AverosCredentials> {
  const { origin } = secureUrl(options.url);
  const auth = `${options.url.replace(/\/+$/, '')}/auth`;
  const post = (path: string, json: Json, token?: string): WireRequest => ({
    url: auth + path,
    method: 'POST',
    json,
    credentials: 'include',
    ...(token !== undefined && { headers: { Authorization: `Bearer ${token}` } }),
  });

  const login: Exchange<AverosCredentials, Grant> = {
    request: ({ userName, password }) =>
      post('/login', {
        [userName.includes('@') ? 'email' : 'userName']: userName,
        password,
        lastLoginIPAddress: '',
      }),
    read: answer => readSession(answer) ?? failedLogin(answer),
  };

  return {
    id: 'averos',
    audience: origin,
    endpoints: [`${auth}/login`, `${auth}/rt`, `${auth}/logout`, `${auth}/register`],
    signIn: {
      start(input, http) {
        return isCredentials(input) ? http.send(login, input) : Promise.reject(noCredentials());
      },
    },
    session: {
      kind: 'renewable',
      secret: 'cookie',
      rotation: 'grace',
      renew: {
        request: ({ memory, token }) => post('/rt/', { user: memory ?? null }, token),
        read: answer =>
          answer.status === SESSION_OVER || (answer.status === 401 && isJsonObject(answer.json))
            ? refuse('refused', 'session-refused', answer)
            : (readSession(answer) ?? unexpectedAnswer(answer)),
      },
      end: {
        request: ({ memory, token }) => post('/logout', { user: nameIn(memory) }, token),
        read: answer => (answer.status < 500 ? undefined : unexpectedAnswer(answer)),
      },
    },
    api: {
      origins: [origin, ...(options.api ?? [])],
      withCredentials: true,
      judge({ status }) {
        if (status === SESSION_OVER) return 'session-over';
        return status === 401 ? 'token-dead' : 'pass';
      },
    },
    factory: averos,
  };
}

/** The session in an answer: its `auth_token` object is both the token and the user, and goes back whole with a renewal. */
function readSession({ status, json }: WireAnswer): Grant | undefined {
  const session = memberAt(json, 'auth_token');
  if (status >= 300 || !isJsonObject(session) || typeof session['token'] !== 'string') return undefined;
  // It came as JSON, so it is JSON.
  return { token: session['token'], user: userFrom(session), memory: session as Json };
}

function userFrom(session: JsonObject): AuthUser {
  const { token: _, ...profile } = session;
  const { _id, userName, firstName, email, roles, role } = profile;
  return {
    id: String(_id ?? userName),
    name: String(firstName ?? userName),
    email: typeof email === 'string' ? email : undefined,
    roles: [roles ?? role ?? []].flat().filter(name => typeof name === 'string'),
    permissions: [],
    profile,
  };
}

function failedLogin(answer: WireAnswer): Refusal {
  if (answer.status === 401) return refuse('refused', 'invalid-credentials', answer);
  if (answer.status === 471) return refuse('refused', 'account-not-verified', answer);
  return unexpectedAnswer(answer);
}

function nameIn(memory: Held['memory']): string {
  const name = memberAt(memory, 'userName');
  return typeof name === 'string' ? name : '';
}

function isCredentials(input: object): input is AverosCredentials {
  return (
    isJsonObject(input) &&
    [input['userName'], input['password']].every(value => typeof value === 'string' && value !== '')
  );
}

function noCredentials(): AuthError {
  return authError(
    'needs-user',
    'invalid-input',
    '{ userName, password }, both of them text that is not empty',
  );
}
