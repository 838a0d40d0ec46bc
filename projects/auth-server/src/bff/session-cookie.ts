import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecure } from './return-url.js';

const NAME = 'latchkey_bff';
const LOGIN = `${NAME}_login`;

export function sessionCookieName(request: FastifyRequest): string {
  return nameFor(request, NAME);
}

export function sessionCookieOf(request: FastifyRequest): string | undefined {
  return request.cookies[sessionCookieName(request)];
}

/** `maxAge` in seconds. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  value: string,
  maxAge: number,
): void {
  reply.setCookie(sessionCookieName(request), value, { ...attributesFor(request), maxAge });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(sessionCookieName(request), attributesFor(request));
}

/** Ties a sign-in to the browser it began in. */
export function loginCookieOf(request: FastifyRequest): string | undefined {
  return request.cookies[nameFor(request, LOGIN)];
}

/** `Lax`, because the way back may come from another site: the issuer's. */
export function setLoginCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  reply.setCookie(nameFor(request, LOGIN), value, { ...attributesFor(request), sameSite: 'lax' });
}

/** With the prefix no sibling domain can set it, neither to lend users a session nor to have them end a sign-in of its own. */
function nameFor(request: FastifyRequest, name: string): string {
  return isSecure(request) ? `__Host-${name}` : name;
}

function attributesFor(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request) } as const;
}
