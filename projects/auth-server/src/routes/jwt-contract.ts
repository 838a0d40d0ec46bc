import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readNewPassword, readOptionalEmail, readOptionalName, readUsername } from '../account-fields.js';
import type { Core } from '../core.js';
import { accountLocked, invalidCredentials, invalidGrant } from '../errors.js';
import { fingerprintOf } from '../opaque-token.js';
import { RequestFields } from '../request-fields.js';
import type { Issued } from '../sessions.js';
import type { User } from '../state.js';
import { publicUser } from '../users.js';
import { addAccountRoutes } from './account.js';
import { authenticate } from './authenticate.js';
import { grantAnswer, taken, type GrantAnswer } from './grant-answer.js';
import { clearRefreshCookie, refuseForgery, setRefreshCookie } from './refresh-cookie.js';

/**
 * The contract of `jwtServer()` below `base`, with the refresh token in the body or in a cookie. `base` ends in `/auth`.
 */
export function addJwtContract(
  app: FastifyInstance,
  core: Core,
  base: string,
  transport: 'body' | 'cookie',
): void {
  const cookie = transport === 'cookie' ? { name: 'latchkey_refresh', path: base } : undefined;

  const answerGrant = (reply: FastifyReply, user: User, issued: Issued): Promise<GrantAnswer> => {
    if (cookie !== undefined) setRefreshCookie(core, reply, cookie, issued.refreshToken);
    const inBody = cookie === undefined ? issued.refreshToken : undefined;
    return grantAnswer(core, user, issued.session, inBody);
  };
  const presentedToken = (request: FastifyRequest, fields: RequestFields): string | undefined =>
    cookie === undefined ? fields.optionalText('refreshToken') : request.cookies[cookie.name];

  void app.register(async scope => {
    if (cookie !== undefined) {
      scope.addHook('preHandler', async request => refuseForgery(core, request));
    }
    scope.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    scope.post(`${base}/register`, { config: { point: 'any' } }, async (request, reply) => {
      const fields = new RequestFields(request.body);
      const input = {
        username: readUsername(fields, 'username'),
        password: readNewPassword(fields, 'password'),
        email: readOptionalEmail(fields, 'email'),
        name: readOptionalName(fields, 'name'),
      };
      fields.check();
      const user = await core.users.register(input);
      if (typeof user === 'string') throw taken(user);
      const issued = core.sessions.start(user.id, transport);
      core.log.note(request.raw, { sub: user.id, gen: 0, outcome: 'registered' });
      reply.code(201);
      return answerGrant(reply, user, issued);
    });

    scope.post(`${base}/login`, { config: { point: 'login' } }, async (request, reply) => {
      const fields = new RequestFields(request.body);
      const username = fields.text('username');
      const password = fields.text('password');
      fields.check();
      const user = await core.users.authenticate(username, password);
      if (user === undefined) throw invalidCredentials();
      if (user.locked) throw accountLocked();
      const issued = core.sessions.start(user.id, transport);
      const session = issued.session.id;
      core.log.note(request.raw, { sub: user.id, gen: 0, outcome: 'signed_in', session });
      return answerGrant(reply, user, issued);
    });

    scope.post(`${base}/refresh`, { config: { point: 'refresh' } }, async (request, reply) => {
      const fields = new RequestFields(request.body);
      const presented = presentedToken(request, fields);
      if (presented === undefined && cookie === undefined) fields.problem('refreshToken', 'is required');
      fields.check();
      const refreshed = core.sessions.refresh(presented ?? '', transport);
      const user = refreshed.session === undefined ? undefined : core.users.byId(refreshed.session.userId);
      core.log.note(request.raw, { presented: fingerprintOf(presented ?? '') });
      if (refreshed.session !== undefined) {
        const { id: session, userId: sub, generation: gen } = refreshed.session;
        core.log.note(request.raw, { session, sub, gen, outcome: refreshed.outcome });
      }
      if (refreshed.outcome === 'refused' || user === undefined) {
        if (cookie !== undefined) clearRefreshCookie(reply, cookie);
        await core.store.save();
        throw invalidGrant(refreshed.outcome === 'refused' ? refreshed.reason : 'revoked');
      }
      return answerGrant(reply, user, refreshed);
    });

    scope.post(`${base}/logout`, { config: { point: 'logout' } }, async (request, reply) => {
      const fields = new RequestFields(request.body);
      const presented = presentedToken(request, fields);
      const bearer = request.headers.authorization;
      const isEmpty = presented === undefined && cookie === undefined && bearer === undefined;
      if (isEmpty) fields.problem('refreshToken', 'is required');
      fields.check();
      const byBearer = presented === undefined && bearer !== undefined;
      const session = byBearer
        ? (await core.access.caller(bearer).catch(() => undefined))?.session
        : core.sessions.find(presented ?? '', transport);
      if (session !== undefined) core.sessions.end(session.id, 'logout');
      await core.store.save();
      const ended = session && { sub: session.userId, session: session.id };
      core.log.note(request.raw, { outcome: 'signed_out', ...ended });
      if (cookie !== undefined) clearRefreshCookie(reply, cookie);
      return reply.code(204).send();
    });

    scope.get(`${base}/me`, { config: { point: 'api' } }, async request => {
      return publicUser((await authenticate(core, request)).user);
    });

    addAccountRoutes(scope, core, base);
  });
}
