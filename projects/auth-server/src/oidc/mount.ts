import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Core } from '../core.js';
import type { FaultPoint } from '../faults.js';
import { askProvider, ISSUER_PATH as ROOT } from './ask-provider.js';
import { addInteractionRoutes } from './interaction-routes.js';
import { noteOutcome } from './noted-outcome.js';

/** Set anew by the server, so that all its answers agree on them. */
const OWN_HEADERS = /^(access-control-.*|connection|content-length|date|keep-alive|transfer-encoding)$/;

/**
 * Mounts the issuer below `/oidc`. Its answers go through the server's own hooks instead of straight to the socket, so that the
 * log, the counters, CORS, the skewed clock and every kind of fault, dropped answers included, work here as elsewhere.
 */
export function addOpenId(app: FastifyInstance, core: Core): void {
  void app.register(async scope => {
    // Bodies are passed on unread: what may be sent is decided by `oidc-provider`.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    addInteractionRoutes(scope, core);

    const add = (
      method: RouteOptions['method'],
      path: string,
      point: FaultPoint | typeof tokenPoint,
    ): void => {
      scope.route({ method, url: `${ROOT}${path}`, config: { point }, handler: passOn });
    };
    add('POST', '/token', tokenPoint);
    add('POST', '/token/revocation', 'logout');
    add('POST', '/request', 'login');
    add(['GET', 'POST'], '/me', 'api');
    add(['GET', 'POST'], '/session/end', 'logout');
    add(['GET', 'POST'], '/*', 'any');
  });

  async function passOn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const provider = await core.openid.providerFor(request);
    const { method, url, headers, body } = request;
    const answer = await askProvider(provider, url, {
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      remoteAddress: request.ip,
      ...(typeof body === 'string' ? { payload: body } : {}),
    });
    noteOutcome(core, request, answer);
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && !OWN_HEADERS.test(name)) void reply.header(name, value);
    }
    return reply.code(answer.statusCode).send(answer.rawPayload);
  }
}

/** A token request is a refresh or the end of a login, which only its body tells. */
function tokenPoint(request: FastifyRequest): FaultPoint {
  return new URLSearchParams(String(request.body)).get('grant_type') === 'refresh_token'
    ? 'refresh'
    : 'login';
}
