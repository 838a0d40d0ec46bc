import type { FastifyInstance } from 'fastify';
import { decodeJwt } from 'jose';
import { authorizationUrl, redeemCode, type BffTokens } from '../bff/bff-client.js';
import { refuseForgedRequest } from '../bff/forgery.js';
import { calledOrigin, safeReturnUrl } from '../bff/return-url.js';
import {
  clearSessionCookie,
  loginCookieOf,
  sessionCookieOf,
  setLoginCookie,
  setSessionCookie,
} from '../bff/session-cookie.js';
import type { Core } from '../core.js';
import { ApiError } from '../errors.js';
import { LOST_LOGIN_PAGE } from '../oidc/login-page.js';
import { openIdClaims } from '../oidc/openid-claims.js';
import { headersOf, htmlOf } from '../oidc/page.js';
import { textOf } from '../oidc/parameter.js';
import { digestOf, randomToken } from '../opaque-token.js';

const ROOT = '/bff';
const LOGIN = 'CookieLogin';
/** Seconds that a sign-in may take. */
const LOGIN_LIFETIME = 3600;
/** What an app may say about the sign-in it wants. */
const PASSED_ON = ['acr_values', 'max_age', 'prompt', 'login_hint'];

type Query = Readonly<Record<string, unknown>>;

/** A backend for frontend: the tokens stay here, and the page has a cookie that no script can read. */
export function addBff(app: FastifyInstance, core: Core): void {
  const { storage } = core.openid;

  void app.register(async scope => {
    scope.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    scope.get<{ Querystring: Query }>(
      `${ROOT}/login`,
      { config: { point: 'login' } },
      async (request, reply) => {
        const { query } = request;
        const returnUrl = safeReturnUrl(core, request, textOf(query['returnUrl']));
        const browser = loginCookieOf(request) ?? randomToken();
        const [state, verifier] = [randomToken(), randomToken()];
        const redirectUri = `${calledOrigin(core, request)}${ROOT}/callback`;
        const login = { returnUrl, verifier, redirectUri, browser: digestOf(browser) };
        storage.put(LOGIN, state, { extra: login }, LOGIN_LIFETIME);
        setLoginCookie(request, reply, browser);
        const wishes = PASSED_ON.map(name => [name, textOf(query[name])] as const);
        const given = Object.fromEntries(wishes.filter(([, value]) => value !== ''));
        const parameters = { ...given, state, redirect_uri: redirectUri };
        return reply.redirect(await authorizationUrl(core, request, verifier, parameters), 303);
      },
    );

    scope.get<{ Querystring: Query }>(
      `${ROOT}/callback`,
      { config: { point: 'login' } },
      async (request, reply) => {
        const state = textOf(request.query['state']);
        const login = storage.find(LOGIN, state)?.extra;
        storage.remove(LOGIN, state);
        if (login?.['browser'] !== digestOf(loginCookieOf(request) ?? '')) {
          return reply
            .code(400)
            .headers(headersOf(LOST_LOGIN_PAGE))
            .type('text/html; charset=utf-8')
            .send(htmlOf(LOST_LOGIN_PAGE));
        }
        const code = textOf(request.query['code']);
        const [verifier, redirectUri] = [textOf(login['verifier']), textOf(login['redirectUri'])];
        // Without a code the user has not signed in, and finds out in the app.
        const tokens =
          code === ''
            ? undefined
            : await redeemCode(core, request, { code, code_verifier: verifier, redirect_uri: redirectUri });
        if (tokens !== undefined) {
          const cookie = core.bff.start(tokens, sessionCookieOf(request));
          setSessionCookie(request, reply, cookie, core.policy.refreshTokenLifetime);
          core.log.note(request.raw, { outcome: 'signed_in', ...subjectOf(tokens) });
        }
        return reply.redirect(textOf(login['returnUrl']), 303);
      },
    );

    scope.get(`${ROOT}/user`, { config: { point: 'refresh' } }, async (request, reply) => {
      refuseForgedRequest(core, request);
      const cookie = sessionCookieOf(request);
      const session = cookie === undefined ? undefined : await core.bff.find(cookie, request);
      const user = session && core.users.byId(String(session.claims['sub']));
      if (cookie === undefined || session === undefined || user === undefined) {
        if (cookie !== undefined) clearSessionCookie(request, reply);
        throw new ApiError(401, 'no_session', 'Nobody is signed in.');
      }
      core.bff.slide(cookie);
      setSessionCookie(request, reply, cookie, core.policy.refreshTokenLifetime);
      const { acr, auth_time, gen } = session.claims;
      core.log.note(request.raw, { authenticated: true, sub: user.id, gen: Number(gen) });
      return { ...openIdClaims(user), acr, auth_time };
    });

    scope.post(`${ROOT}/logout`, { config: { point: 'logout' } }, async (request, reply) => {
      refuseForgedRequest(core, request);
      const sub = core.bff.end(sessionCookieOf(request) ?? '');
      core.log.note(request.raw, { outcome: 'signed_out', ...(sub === undefined ? {} : { sub }) });
      clearSessionCookie(request, reply);
      return reply.code(204).send();
    });
  });
}

function subjectOf({ accessToken }: BffTokens): { readonly sub?: string } {
  const { sub } = decodeJwt(accessToken);
  return sub === undefined ? {} : { sub };
}
