import {
  AuthError,
  type AuthProvider,
  type Exchange,
  type Grant,
  type Held,
  type Json,
  type RenewableSession,
  type WireRequest,
  isJsonObject,
  authError,
  refuse,
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
  const field: FieldName = usual => options.fields?.[usual] ?? usual;
  const cookie = options.refreshToken === 'cookie';
  const reader: AnswerReader = {
    field,
    cookie,
    toUser: options.toUser ?? (source => userFrom(source, field)),
  };
  const server = serverAt(options.url);
  const post = (path: string, json: Json): WireRequest => ({
    url: server.url + path,
    method: 'POST',
    json,
    credentials: cookie ? 'include' : 'omit',
  });
  const secretOf = ({ secret }: Held): Json =>
    cookie || secret === undefined ? {} : { [requestName(field('refreshToken'))]: secret };

  const login: Exchange<Credentials, Grant> = {
    request: ({ username, password }) =>
      post(paths.login, {
        [requestName(field('username'))]: username,
        [requestName(field('password'))]: password,
      }),
    read: answer => (answer.status < 300 ? readGrant(answer, reader) : readFailedSignIn(answer)),
  };
  const session: RenewableSession = {
    kind: 'renewable',
    secret: cookie ? 'cookie' : 'held',
    rotation: options.rotation ?? 'grace',
    ...(!cookie && { secretAt: [field('refreshToken')] }),
    renew: {
      request: held => post(paths.refresh, secretOf(held)),
      read: answer =>
        (options.isRefused ?? isRefusedRenewal)(answer)
          ? refuse('refused', 'session-refused', answer)
          : readGrant(answer, reader),
    },
    end: {
      request: held => {
        const request = post(paths.logout, secretOf(held));
        return { ...request, headers: { Authorization: `Bearer ${held.token}` } };
      },
      read: readNothing,
    },
  };
  const { user, ...endpoints } = paths;

  return {
    id: 'jwt-server',
    // A token of one way to carry it is worth nothing in the other.
    audience: cookie ? `${server.url} by cookie` : server.url,
    endpoints: Object.values(endpoints).map(path => server.url + path),
    signIn: {
      start(input, http) {
        return isCredentials(input) ? http.send(login, input) : Promise.reject(noCredentials());
      },
    },
    session,
    api: { origins: [server.origin, ...(options.api ?? [])] },
    identify: (held, http) =>
      http.send(
        {
          request: () => ({
            url: server.url + user,
            method: 'GET',
            headers: { Authorization: `Bearer ${held.token}` },
          }),
          read: answer => {
            const found = isJsonObject(answer.json) && answer.status === 200 ? answer.json : null;
            return (found && reader.toUser(found)) ?? unexpectedAnswer(answer);
          },
        },
        held,
      ),
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
  return authError(
    'needs-user',
    'invalid-input',
    '{ username, password }, both of them text that is not empty',
  );
}
