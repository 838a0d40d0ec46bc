import type { FastifyReply, FastifyRequest } from 'fastify';

/** The token of a request; empty without the word `Bearer`, however it is written. */
export function bearer({ headers }: FastifyRequest): string {
  return /^bearer (.*)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** How the gateway says no. */
export function fail(reply: FastifyReply, status: number, error: unknown): FastifyReply {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return reply.code(status).send({ error: message, rawError: typeof cause === 'string' ? cause : message });
}
