import type { FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { Response } from 'light-my-request';
import type { Core } from '../core.js';
import { fingerprintOf } from '../opaque-token.js';

/** Notes in the request log what became of a request to the issuer: who, which generation, which error; never a token. */
export function noteOutcome(core: Core, request: FastifyRequest, answer: Response): void {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  const presented = form.get('refresh_token');
  if (presented !== null) core.log.note(request.raw, { presented: fingerprintOf(presented) });
  const body = jsonOf(answer);
  const { error, access_token: accessToken } = body;
  const isReuse = core.openid.reuses.has(answer.raw.req);
  if (typeof error === 'string') core.log.note(request.raw, { outcome: isReuse ? 'reused' : error });
  if (typeof accessToken !== 'string') return;
  const { sub, gen } = decodeJwt(accessToken);
  core.log.note(request.raw, {
    outcome: presented === null ? 'signed_in' : 'rotated',
    ...(sub === undefined ? {} : { sub }),
    ...(typeof gen === 'number' ? { gen } : {}),
  });
}

function jsonOf(answer: Response): Readonly<Record<string, unknown>> {
  if (!String(answer.headers['content-type']).startsWith('application/json')) return {};
  const value: unknown = JSON.parse(answer.payload);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
