import type { FastifyInstance } from 'fastify';
import { StartError } from './errors.js';

/**
 * Listens and answers the address as a URL.
 *
 * @throws StartError when the port is in use or may not be used
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new StartError(reasonOf(error, host, port), { cause: error });
  }
  const address = app.server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${reachable(host)}:${boundPort}`;
}

/** A server that listens on every address is reached on this machine's own. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function reasonOf(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const other = 'choose another one with --port, or any free one with --port 0.';
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is already in use. Stop the program that uses it, or ${other}`;
  }
  if (code === 'EACCES') return `Port ${port} may not be used without more rights; ${other}`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is not an address of this machine. Use --host 127.0.0.1, or --host 0.0.0.0 to be reached from others.`;
  }
  return `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}
