import type { FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import { invalidRequest } from '../errors.js';
import { isAllowedOrigin } from '../origins.js';

/** The origin by which the browser called, a proxy's in front of the server included; the server's own where it is no known one. */
export function calledOrigin(core: Core, request: FastifyRequest): string {
  const named = `${isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
  const origin = URL.canParse(named) ? new URL(named).origin : '';
  return isAllowedOrigin(origin, core.settings.origins) ? origin : core.url;
}

/** Whether the browser's side of the connection is encrypted, as a proxy tells. */
export function isSecure({ headers }: FastifyRequest): boolean {
  return headers['x-forwarded-proto'] === 'https';
}

/**
 * Where a sign-in leads back to: a path of the page that asked, or an address of an allowed origin.
 *
 * @throws ApiError `invalid_request`
 */
export function safeReturnUrl(core: Core, request: FastifyRequest, wanted: string): string {
  const { origins } = core.settings;
  const { referer = '' } = request.headers;
  const page = URL.canParse(referer) ? new URL(referer).origin : '';
  const base = isAllowedOrigin(page, origins) ? page : calledOrigin(core, request);
  // Read as a browser reads it, so that `//elsewhere` and `/\elsewhere` are what they are.
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : undefined;
  if (url?.username !== '' || !isAllowedOrigin(url.origin, origins)) {
    throw invalidRequest({ returnUrl: 'returnUrl must be a path, or lead to an allowed origin.' });
  }
  return url.href;
}
