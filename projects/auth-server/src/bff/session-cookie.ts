import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecure } from './return-url.js';

const NAME = 'latchkey_bff';
const LOGIN = { name: 'latchkey_bff_login', path: '/bff' };

/** With the prefix no sibling domain can set it; browsers take it over https only. */
export function sessionCookieName(request: FastifyRequest): string {
  return isSecure(request) ? `__Host-${NAME}` : NAME;
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
  return request.cookies[LOGIN.name];
}

/** `Lax`, because the way back may come from another site: the issuer's. */
export function setLoginCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  const { name, path } = LOGIN;
  reply.setCookie(name, value, { path, httpOnly: true, sameSite: 'lax', secure: isSecure(request) });
}

function attributesFor(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request) } as const;
}
