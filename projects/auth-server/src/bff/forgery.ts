import type { FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import { forbidden } from '../errors.js';
import { isAllowedOrigin } from '../origins.js';

/**
 * Refuses what another site's page could send with the user's cookie: it cannot set a header of its own without asking first,
 * and is not allowed to.
 *
 * @throws ApiError `forbidden`
 */
export function refuseForgedRequest(core: Core, { headers }: FastifyRequest): void {
  const { origin } = headers;
  if (origin !== undefined && !isAllowedOrigin(origin, core.settings.origins)) {
    throw forbidden(`The origin ${JSON.stringify(origin)} is not allowed here. Add it with --origin.`);
  }
  if (headers['x-csrf'] !== '1') throw forbidden('With the session cookie, send the header "X-CSRF: 1".');
}
