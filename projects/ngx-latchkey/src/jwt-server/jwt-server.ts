import {
  AuthError,
  type AuthProvider,
  type AuthUser,
  type Exchange,
  type Grant,
  type Held,
  type Json,
  type WireRequest,
  isJsonObject,
  isolated,
  authError,
  refuse,
  rulesWithServer,
  secureUrl,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { type JwtServerActions, jwtServerActions } from './jwt-server-actions';
import {
  type AnswerReader,
  isRefusedRenewal,
  readFailedSignIn,
  readGrant,
  readNothing,
} from './jwt-server-answers';
import { DEFAULT_PATHS, type FieldName, type JwtServerOptions, requestName } from './jwt-server-options';
import { userFrom } from './jwt-server-user';

/** What `login` takes. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Any REST server that hands out a JWT access token and a refresh token.
 *
 * With no options but `url` it speaks to the dev auth server (`npx latchkey-auth-server`).
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example
 * provideAuth(jwtServer({
 *   url: 'https://auth.example.com',
 *   paths: { login: '/token', refresh: '/token/refresh' },
 *   fields: { accessToken: 'access', refreshToken: 'refresh' },
 *   api: ['https://api.example.com'],
 * }))
 */
export function jwtServer(options: JwtServerOptions): AuthProvider<Credentials, JwtServerActions> {
  const paths = { ...DEFAULT_PATHS, ...options.paths };
  const { url, origin } = serverAt(options.url);
  const cookie = options.refreshToken === 'cookie';
  const field: FieldName = usual => options.fields?.[usual] ?? usual;
  const member: FieldName = usual => requestName(field(usual));
  const mapped = options.toUser ?? (source => userFrom(source, field));
  // A bug in it must not cost the token that came with the user.
  const toUser: AnswerReader['toUser'] = source => isolated(() => mapped(source));
  const reader: AnswerReader = { field, cookie, toUser };
  const post = (path: string, json: Json): WireRequest => ({
    url: url + path,
    method: 'POST',
    json,
    credentials: cookie ? 'include' : 'omit',
  });
  const secretOf = ({ secret }: Held): Json =>
    cookie || secret === undefined ? {} : { [member('refreshToken')]: secret };
  const bearer = ({ token }: Held): Pick<WireRequest, 'headers'> => ({
    headers: { Authorization: `Bearer ${token}` },
  });

  const login: Exchange<Credentials, Grant> = {
    request: ({ username, password }) =>
      post(paths.login, { [member('username')]: username, [member('password')]: password }),
    read: answer => (answer.status < 300 ? readGrant(answer, reader) : readFailedSignIn(answer)),
  };
  const whoAmI: Exchange<Held, AuthUser> = {
    request: held => ({ url: url + paths.user, method: 'GET', ...bearer(held) }),
    read: answer => {
      const { status, json } = answer;
      return (status === 200 && isJsonObject(json) ? toUser(json) : undefined) ?? unexpectedAnswer(answer);
    },
  };

  return {
    id: 'jwt-server',
    // A token of one way to carry it is worth nothing in the other.
    audience: cookie ? `${url} by cookie` : url,
    // Who the user is may be asked by the application too, with the token.
    endpoints: Object.values({ ...paths, user: paths.login }).map(path => url + path),
    signIn: {
      start: (input, http) =>
        isCredentials(input) ? http.send(login, input) : Promise.reject(noCredentials()),
    },
    session: {
      kind: 'renewable',
      rotation: options.rotation ?? 'grace',
      ...(cookie
        ? { secret: 'cookie', probe: options.probe }
        : { secret: 'held', secretAt: [field('refreshToken')] }),
      renew: {
        request: held => post(paths.refresh, secretOf(held)),
        read: answer =>
          (options.isRefused ?? isRefusedRenewal)(answer)
            ? refuse('refused', 'session-refused', answer)
            : readGrant(answer, reader),
      },
      end: {
        request: held => ({ ...post(paths.logout, secretOf(held)), ...bearer(held) }),
        read: readNothing,
      },
    },
    api: { origins: rulesWithServer(origin, options.api) },
    identify: (held, http) => http.send(whoAmI, held),
    actions: context => jwtServerActions(context, reader, paths, post),
    factory: jwtServer,
  };
}

function serverAt(text: string): { readonly url: string; readonly origin: string } {
  const ownOrigin = text.startsWith('/') && !text.startsWith('//');
  if (ownOrigin && text.includes('..')) {
    throw authError('misconfigured', 'invalid-path', text);
  }
  const url = text.replace(/\/+$/, '');
  return { url, origin: ownOrigin ? '/' : secureUrl(text).origin };
}

function isCredentials(input: object): input is Credentials {
  return (
    isJsonObject(input) &&
    [input['username'], input['password']].every(value => typeof value === 'string' && value !== '')
  );
}

function noCredentials(): AuthError {
  return authError('needs-user', 'invalid-input', '{ username, password }, neither of them empty');
}
