import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access.js';
import type { Core } from '../core.js';
import { insufficientAuthentication, type SignInDemand } from '../errors.js';
import { meets } from './authentication-level.js';

/**
 * Refuses a caller whose sign-in is too weak or too long ago; a token that does not tell is refused too.
 *
 * @throws ApiError `insufficient_user_authentication`
 */
export function demandSignIn(
  core: Core,
  request: FastifyRequest,
  { claims }: Caller,
  demand: SignInDemand,
): void {
  const authTime = claims['auth_time'];
  const isRecent =
    typeof authTime === 'number' && Math.floor(core.clock.now() / 1000) - authTime <= demand.maxAge;
  if (isRecent && meets(claims['acr'], demand.acr)) return;
  const isDpop = /^dpop /i.test(request.headers.authorization ?? '');
  throw insufficientAuthentication(demand, isDpop ? 'DPoP' : 'Bearer');
}
