import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import { forbidden } from '../errors.js';
import { FAULT_KINDS, FAULT_POINTS, type Fault } from '../faults.js';
import { hostnameOf, isLoopbackAddress, isLoopbackHost } from '../loopback.js';
import { isAllowedOrigin } from '../origins.js';
import { RequestFields } from '../request-fields.js';
import { describeState } from './admin-state.js';

const YEAR = 31_536_000;

/** What tests and the console page drive the server with. Only this machine reaches it. */
export function addAdmin(app: FastifyInstance, core: Core): void {
  void app.register(async scope => {
    scope.addHook('onRequest', async request => refuseStrangers(core, request));
    scope.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    scope.get('/admin/state', async () => describeState(core));

    scope.get<{ Querystring: { since?: string } }>('/admin/requests', async request =>
      core.log.since(Number(request.query.since ?? 0) || 0),
    );

    scope.delete('/admin/requests', async (_request, reply) => {
      core.log.clear();
      return reply.code(204).send();
    });

    scope.post('/admin/faults', async (request, reply) => {
      const fault = core.faults.add(readFault(request.body));
      if (fault.kind === 'drop') app.server.closeIdleConnections();
      reply.code(201);
      return { fault, faults: core.faults.waiting };
    });

    scope.delete('/admin/faults', async (_request, reply) => {
      core.faults.clear();
      return reply.code(204).send();
    });

    scope.post('/admin/expire', async (request, reply) => {
      const userId = readUserId(core, request.body);
      core.sessions.expireAccess(userId);
      core.openid.storage.expireAccess(userId);
      await core.store.save();
      return reply.code(204).send();
    });

    scope.post('/admin/revoke', async request => {
      const userId = readUserId(core, request.body);
      const ended = core.sessions.endAll('revoked', userId) + core.openid.storage.endAll(userId);
      await core.store.save();
      return { ended };
    });

    scope.post('/admin/clock', async request => {
      const fields = new RequestFields(request.body);
      const offset = fields.optionalNumber('offset', -10 * YEAR, 10 * YEAR);
      if (offset === undefined) fields.problem('offset', 'must be a number of seconds');
      fields.check();
      core.clock.offset = offset ?? 0;
      return { offset: core.clock.offset, now: new Date(core.clock.now()).toISOString() };
    });

    scope.post('/admin/settings', async request => {
      const fields = new RequestFields(request.body);
      const { policy } = core;
      const changed = {
        accessTokenLifetime:
          fields.optionalNumber('accessTokenLifetime', 1, YEAR) ?? policy.accessTokenLifetime,
        refreshTokenLifetime:
          fields.optionalNumber('refreshTokenLifetime', 1, YEAR) ?? policy.refreshTokenLifetime,
        rotation: fields.optionalChoice('rotation', ['grace', 'strict']) ?? policy.rotation,
        overlap: fields.optionalNumber('overlap', 0, YEAR) ?? policy.overlap,
        dpopNonce: fields.optionalChoice('dpopNonce', ['optional', 'required']) ?? policy.dpopNonce,
      };
      fields.check();
      core.policy = changed;
      return changed;
    });

    scope.post('/admin/reset', async (_request, reply) => {
      await core.reset();
      return reply.code(204).send();
    });
  });
}

/** The peer must be on this machine, and so must be the name it used for us: a page elsewhere can point its own name here. */
function refuseStrangers(core: Core, request: FastifyRequest): void {
  const { host, origin } = request.headers;
  const hostname = hostnameOf(host);
  const isLocal = isLoopbackAddress(request.raw.socket.remoteAddress) && hostname && isLoopbackHost(hostname);
  const isFriendly = origin === undefined || isAllowedOrigin(origin, core.settings.origins);
  if (!isLocal || !isFriendly) {
    throw forbidden(
      'The admin endpoints answer only this machine, addressed as localhost, 127.0.0.1 or [::1].',
    );
  }
}

function readFault(body: unknown): Omit<Fault, 'id'> {
  const fields = new RequestFields(body);
  const retryAfter = fields.optionalNumber('retryAfter', 0, 86_400);
  const path = fields.optionalText('path');
  const kind = fields.choice('kind', FAULT_KINDS);
  const fault = {
    on: fields.choice('on', FAULT_POINTS),
    kind,
    status: fields.optionalNumber('status', 400, 599) ?? (kind === 'html' ? 200 : 500),
    delay: fields.optionalNumber('delay', 0, 600_000) ?? 0,
    times: fields.optionalNumber('times', 0, 1_000_000) ?? 1,
    ...(path === undefined ? {} : { path }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  fields.check();
  return fault;
}

function readUserId(core: Core, body: unknown): string | undefined {
  const fields = new RequestFields(body);
  const username = fields.optionalText('username');
  const user = username === undefined ? undefined : core.users.byName(username);
  if (username !== undefined && user === undefined) fields.problem('username', 'names nobody');
  fields.check();
  return user?.id;
}
