import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access.js';
import type { Core } from '../core.js';
import { invalidToken } from '../errors.js';
import { refuseForgedRequest } from './forgery.js';
import { sessionCookieOf } from './session-cookie.js';

/**
 * Who calls a sample API with the session cookie in place of an access token; undefined where there is none of them, or both.
 *
 * @throws ApiError `forbidden`, `invalid_token`
 */
export async function cookieCaller(core: Core, request: FastifyRequest): Promise<Caller | undefined> {
  const cookie = sessionCookieOf(request);
  if (cookie === undefined || request.headers.authorization !== undefined) return undefined;
  refuseForgedRequest(core, request);
  const session = await core.bff.find(cookie, request);
  const user = session && core.users.byId(String(session.claims['sub']));
  if (session === undefined || user === undefined) throw invalidToken('The session of this cookie is over.');
  return { user, claims: session.claims, generation: Number(session.claims['gen']) };
}
