import type { FastifyInstance } from 'fastify';
import type { Core } from '../core.js';
import { PORTAL_PAGE } from '../fault-answers.js';

/** What the server is, for tools that ask before they configure anything; its health; and where a `redirect` fault leads. */
export function addWellKnown(app: FastifyInstance, core: Core): void {
  app.get('/.well-known/latchkey', async () => {
    return {
      server: 'latchkey-auth-server',
      version: core.version,
      provider: core.settings.contract,
      url: core.url,
    };
  });
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/portal', async (_request, reply) => reply.type('text/html; charset=utf-8').send(PORTAL_PAGE));
}
