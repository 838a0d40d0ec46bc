import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import { forbidden, unsupportedMediaType } from '../errors.js';
import { isAllowedOrigin } from '../origins.js';

/** A cookie that carries a refresh token where script cannot read it. */
export interface RefreshCookie {
  readonly name: string;
  readonly path: string;
}

export function setRefreshCookie(
  core: Core,
  reply: FastifyReply,
  cookie: RefreshCookie,
  token: string,
): void {
  const { name, path } = cookie;
  const maxAge = core.policy.refreshTokenLifetime;
  reply.setCookie(name, token, { path, httpOnly: true, sameSite: 'strict', maxAge });
}

export function clearRefreshCookie(reply: FastifyReply, { name, path }: RefreshCookie): void {
  reply.clearCookie(name, { path, httpOnly: true, sameSite: 'strict' });
}

/**
 * Refuses what another site's page could send with the user's cookie: a foreign Origin, and every content type that a form
 * can have.
 *
 * @throws ApiError `forbidden`, `unsupported_media_type`
 */
export function refuseForgery(core: Core, request: FastifyRequest): void {
  const { origin, 'content-type': type = '' } = request.headers;
  if (origin !== undefined && !isAllowedOrigin(origin, core.settings.origins)) {
    throw forbidden(`The origin ${JSON.stringify(origin)} is not allowed here. Add it with --origin.`);
  }
  if (request.method !== 'GET' && !/^application\/json\s*(;|$)/i.test(type)) throw unsupportedMediaType();
}
