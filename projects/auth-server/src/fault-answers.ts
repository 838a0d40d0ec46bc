import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { ApiError, forbidden, invalidCredentials, invalidGrant, invalidToken, notFound } from './errors.js';
import type { Fault, FaultPoint } from './faults.js';

export const PORTAL_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Guest Wi-Fi</title></head>
<body><h1>Welcome to the guest Wi-Fi</h1><p>Accept the terms to go online.</p></body></html>
`;

/**
 * Carries out a fault before the call's own work. Answers whether the work still has to be done, which it has for `delay`
 * and `drop`.
 */
export async function carryOut(
  fault: Fault,
  point: FaultPoint,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<'go-on' | 'answered' | 'never'> {
  if (fault.delay > 0) await sleep(fault.delay, undefined, { signal: closing }).catch(() => undefined);
  if (closing.aborted) {
    reply.hijack();
    reply.raw.destroy();
    return 'never';
  }
  switch (fault.kind) {
    case 'status':
      throw errorOf(fault, point);
    case 'html':
      await reply.code(fault.status).type('text/html; charset=utf-8').send(PORTAL_PAGE);
      return 'answered';
    case 'redirect':
      await reply.redirect('/portal', 302);
      return 'answered';
    case 'hang':
      reply.hijack();
      return 'never';
    case 'drop':
    case 'delay':
      return 'go-on';
  }
}

function errorOf(fault: Fault, point: FaultPoint): ApiError {
  const { status, retryAfter } = fault;
  const plain = namedError(status, point);
  if (retryAfter === undefined) return plain;
  const headers = { ...plain.headers, 'retry-after': String(retryAfter) };
  return new ApiError(status, plain.code, plain.message, {
    details: { ...plain.details, retryAfter },
    headers,
  });
}

function namedError(status: number, point: FaultPoint): ApiError {
  const because = 'A fault was asked for.';
  if (status === 460) return invalidGrant('revoked', 460);
  if ((status === 401 || status === 400) && point === 'refresh') return invalidGrant('revoked', status);
  if (status === 401 && point === 'login') return invalidCredentials();
  if (status === 401) return invalidToken(because);
  if (status === 403) return forbidden(because);
  if (status === 404) return notFound(because);
  if (status === 429) return new ApiError(429, 'too_many_requests', `Too many requests. ${because}`);
  if (status === 503) return new ApiError(503, 'unavailable', `Not available for now. ${because}`);
  return new ApiError(status, status < 500 ? 'invalid_request' : 'server_error', because);
}
