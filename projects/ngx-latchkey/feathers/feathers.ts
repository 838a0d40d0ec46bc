import {
  type ApiAnswer,
  type AuthError,
  type AuthProvider,
  type SessionKind,
  authError,
  memberAt,
  redirectFlow,
  rulesWithServer,
} from 'ngx-latchkey/core';
import { type FeathersActions, feathersActions } from './feathers-actions';
import { cleaned, readCallback, startOAuth, stateIn } from './feathers-oauth';
import type { FeathersInput, FeathersOAuth, FeathersOptions } from './feathers-options';
import { feathersWire } from './feathers-wire';

/**
 * A Feathers server (version 5): `POST /authentication` with any strategy, OAuth by redirect, the token as bearer.
 *
 * Feathers renews no tokens: a session lives as long as its token, and the server is asked about it once when the page starts. A
 * server with a refresh strategy or service of your own is told of with `refresh`.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example provideAuth(feathers({ url: 'https://api.example.com' }))
 */
export function feathers(options: FeathersOptions): AuthProvider<FeathersInput, FeathersActions> {
  const wire = feathersWire(options);
  const { origin, authentication, oauth, refresh, headers, login, adopt, check, renew, end } = wire;
  const renewable = options.refresh !== undefined;
  const session: SessionKind = renewable
    ? {
        kind: 'renewable',
        secret: 'held',
        rotation: refresh.rotation ?? 'grace',
        secretAt: [refresh.field],
        renew,
        end,
      }
    : { kind: 'fixed', check, end };

  return {
    id: 'feathers',
    audience: authentication,
    endpoints: [authentication, oauth, refresh.url],
    signIn: {
      async start(input, http) {
        if (isOAuth(input)) return startOAuth(oauth, input);
        if (!isComplete(input, options.strategy)) throw noCredentials();
        return http.send(login, input);
      },
      callback: {
        stateIn,
        cleaned,
        // The server is asked before a token from a URL becomes the session.
        complete: async (url, transaction, http) => http.send(adopt, readCallback(url, transaction)),
        flow: () => redirectFlow(),
      },
    },
    session,
    api: {
      origins: rulesWithServer(origin, options.api),
      headers: ({ token }) => headers(token),
      judge(answer) {
        if (answer.status !== 401) return 'pass';
        return !renewable && isProven(answer, origin) ? 'session-over' : 'token-dead';
      },
    },
    actions: context => feathersActions(context, wire),
    factory: feathers,
  };
}

/**
 * Whether the server itself cannot verify the token, because it has another secret now, say. Another API may have reasons of its own, and
 * a token that has merely run out is the engine's to end.
 */
function isProven({ url, body }: ApiAnswer, origin: string): boolean {
  return url.startsWith(`${origin}/`) && memberAt(body, 'data.name') === 'JsonWebTokenError';
}

function isOAuth(input: FeathersInput): input is FeathersOAuth {
  return typeof input.oauth === 'string' && input.oauth !== '';
}

/** Nothing that is text may be empty; `local` takes two things, and of other strategies nobody knows. */
function isComplete(input: FeathersInput, usual = 'local'): boolean {
  const { strategy = usual, ...fields } = input as Readonly<Record<string, unknown>>;
  const values = Object.values(fields);
  return !values.includes('') && (strategy !== 'local' || values.length >= 2);
}

function noCredentials(): AuthError {
  return authError(
    'needs-user',
    'invalid-input',
    '{ email, password }, or what the strategy takes, none of it empty; or { oauth } with the name of a provider',
  );
}
