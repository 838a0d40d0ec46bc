import {
  type AuthUser,
  type Exchange,
  type Grant,
  type Held,
  type Json,
  type Refusal,
  type WireAnswer,
  type WireRequest,
  isJsonObject,
  isRefusal,
  memberAt,
  refuse,
  secureUrl,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { readFailedSignIn, readFailure, readRefusedToken } from './feathers-failure';
import type { FeathersCredentials, FeathersOptions, FeathersRefresh } from './feathers-options';
import { userFrom } from './feathers-user';

/** What is said to a Feathers server, and how its answers are read. */
export interface FeathersWire {
  readonly options: FeathersOptions;
  readonly origin: string;
  readonly authentication: string;
  readonly oauth: string;
  readonly users: string;
  readonly refresh: FeathersRefresh & { readonly url: string; readonly field: string };
  headers(token: string): Readonly<Record<string, string>>;
  readonly login: Exchange<FeathersCredentials, Grant>;
  /** Makes a session of a token that came by itself, once the server has said whose it is. */
  readonly adopt: Exchange<string, Grant>;
  readonly check: Exchange<Held, AuthUser>;
  readonly renew: Exchange<Held, Grant>;
  readonly end: Exchange<Held, void>;
}

export function feathersWire(options: FeathersOptions): FeathersWire {
  const { origin } = secureUrl(options.url);
  const { path = '/authentication', header = 'Authorization', scheme = 'Bearer' } = options;
  const at = (service: string): string => `${trimmed(options.url)}/${trimmed(service)}`;
  const authentication = at(path);
  const renewal = typeof options.refresh === 'string' ? { strategy: options.refresh } : options.refresh;
  const refresh = { field: 'refreshToken', ...renewal, url: at(renewal?.service ?? path) };

  const headers = (token: string): Readonly<Record<string, string>> => ({
    [header]: `${scheme} ${token}`.trimStart(),
  });
  const post = (url: string, json: Json): WireRequest => ({ url, method: 'POST', json });
  const jwt = (accessToken: string): WireRequest =>
    post(authentication, { strategy: options.jwtStrategy ?? 'jwt', accessToken });

  const readGrant = (answer: WireAnswer): Grant | Refusal => {
    const { status, json } = answer;
    if (status >= 300 || !isJsonObject(json)) return unexpectedAnswer(answer);
    const token = json['accessToken'];
    if (typeof token !== 'string' || token === '') return lacking('accessToken', answer);
    const secret = renewal && memberAt(json, refresh.field);
    const entity = options.entity === null ? null : memberAt(json, options.entity ?? 'user');
    const user = userFrom(entity, token, options);
    return { token, secret: typeof secret === 'string' ? secret : undefined, user };
  };
  // A session that is to be renewed needs the means for it from the beginning.
  const readFirstGrant = (answer: WireAnswer): Grant | Refusal => {
    const grant = readGrant(answer);
    if (isRefusal(grant) || !renewal || grant.secret) return grant;
    return lacking(refresh.field, answer);
  };

  return {
    options,
    origin,
    authentication,
    oauth: at(options.oauthPath ?? '/oauth'),
    users: at(options.users ?? '/users'),
    refresh,
    headers,
    login: {
      request: ({ strategy = options.strategy ?? 'local', ...fields }) =>
        post(authentication, { strategy, ...(fields as Readonly<Record<string, Json>>) }),
      read: answer =>
        answer.status < 300 ? readFirstGrant(answer) : readFailedSignIn(answer, options.failureCode),
    },
    adopt: {
      request: jwt,
      read: answer => (answer.status < 300 ? readFirstGrant(answer) : readRefusedToken(answer)),
    },
    check: {
      request: ({ token }) => jwt(token),
      read(answer, { user }) {
        const grant = answer.status < 300 ? readGrant(answer) : readRefusedToken(answer);
        return isRefusal(grant) ? grant : (grant.user ?? user ?? unexpectedAnswer(answer));
      },
    },
    renew: {
      request: ({ secret = '' }) =>
        post(refresh.url, {
          ...(refresh.strategy !== undefined && { strategy: refresh.strategy }),
          [refresh.field]: secret,
        }),
      read: answer => (answer.status < 300 ? readGrant(answer) : readRefusedToken(answer)),
    },
    end: {
      request({ token }) {
        return { url: authentication, method: 'DELETE', headers: headers(token) };
      },
      // A token that the server does not take any more is as good as removed.
      read: answer =>
        answer.status < 300 || (answer.status < 500 && readFailure(answer.json))
          ? undefined
          : unexpectedAnswer(answer),
    },
  };
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function lacking(wanted: string, answer: WireAnswer): Refusal {
  const found = Object.keys(answer.json as object).slice(0, 12);
  return refuse('misconfigured', 'unexpected-fields', answer, wanted, found.join(', '));
}
