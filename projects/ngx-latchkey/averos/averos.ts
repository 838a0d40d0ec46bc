import {
  type AuthProvider,
  type Exchange,
  type Grant,
  type Held,
  type RenewableSession,
  type Verdict,
  authError,
  isRefusal,
  rulesWithServer,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { type AverosActions, averosActions } from './averos-actions';
import type { AverosOptions } from './averos-options';
import { averosProfiles, userNameOf } from './averos-profiles';
import { type AverosServer, averosServer } from './averos-server';
import { readLogin, readRenewal } from './averos-session';
import { averosUser } from './averos-user';
import { requiredInput } from './required-input';

/** What `login` takes. A `userName` that contains `@` is sent as an e-mail address. */
export interface AverosCredentials {
  readonly userName: string;
  readonly password: string;
}

/**
 * The Averos auth provider: an opaque token as bearer, renewed at `/auth/rt/` with a cookie that script cannot read.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`, `invalid-path`
 *
 * @example provideAuth(averos({ url: 'http://localhost:3333' }))
 */
export function averos(options: AverosOptions): AuthProvider<AverosCredentials, AverosActions> {
  const server = averosServer(options);
  const { auth, origin } = server;
  const lookUp = options.rolesFrom === 'look-up';
  const login: Exchange<AverosCredentials, Grant> = {
    request: ({ userName, password }) =>
      server.post(`${auth}/login`, {
        [userName.includes('@') ? 'email' : 'userName']: userName,
        password,
        lastLoginIPAddress: '',
      }),
    read: answer => {
      const session = readLogin(answer, options);
      // Who it is with which roles is asked next.
      return lookUp && !isRefusal(session) ? { ...session, user: undefined } : session;
    },
  };

  return {
    id: 'averos',
    audience: server.base,
    endpoints: ['login', 'rt', 'logout', 'register', 'users', 'vaccount', 'rrp', 'rp'].map(
      name => `${auth}/${name}`,
    ),
    signIn: {
      async start({ userName, password }: Partial<AverosCredentials>, http) {
        return http.send(login, requiredInput({ userName, password }));
      },
    },
    session: sessionOf(server, options, lookUp),
    api: { origins: rulesWithServer(origin, options.api), withCredentials: true, judge },
    ...(lookUp && {
      async identify(held, http) {
        const roles = await averosProfiles(
          { http, usable: () => Promise.resolve(held) },
          server,
          options,
        ).roles();
        const user = averosUser(held.memory, options);
        if (user === undefined) throw authError('not-now', 'unexpected-answer');
        return { ...user, roles };
      },
    }),
    actions: context => averosActions(context, server, options),
    factory: averos,
  };
}

function sessionOf({ auth, post }: AverosServer, options: AverosOptions, lookUp: boolean): RenewableSession {
  return {
    kind: 'renewable',
    secret: 'cookie',
    rotation: options.rotation ?? 'grace',
    renew: {
      request: ({ memory, token }) => post(`${auth}/rt/`, { user: memory ?? null }, token),
      read: (answer, { memory, user: known }) => {
        const session = readRenewal(answer, options, memory);
        if (isRefusal(session) || !lookUp || !session.user || !known) return session;
        return { ...session, user: { ...session.user, roles: known.roles } };
      },
    },
    end: {
      request: (held: Held) => post(`${auth}/logout`, { user: userNameOf(held) }, held.token),
      read: answer => (answer.status < 500 ? undefined : unexpectedAnswer(answer)),
    },
  };
}

/** 460 is how Averos says that the session is over and no renewal can help. */
function judge({ status }: { readonly status: number }): Verdict {
  if (status === 460) return 'session-over';
  return status === 401 ? 'token-dead' : 'pass';
}
