import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access.js';
import { cookieCaller } from '../bff/cookie-caller.js';
import type { Core } from '../core.js';
import { openIdCaller } from '../oidc/openid-caller.js';

/**
 * Who calls, by an access token or by the session cookie of `/bff`; noted in the request log.
 *
 * @throws ApiError `missing_token`, `invalid_token`; `invalid_dpop_proof`, `use_dpop_nonce`; `forbidden`
 */
export async function authenticate(core: Core, request: FastifyRequest): Promise<Caller> {
  const caller =
    (await cookieCaller(core, request)) ??
    (await openIdCaller(core, request)) ??
    (await core.access.caller(request.headers.authorization));
  core.log.note(request.raw, { authenticated: true, sub: caller.user.id, gen: caller.generation });
  return caller;
}
