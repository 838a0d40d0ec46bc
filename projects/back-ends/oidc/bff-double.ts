import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The server of an application that keeps its session in a cookie (RFC 10017, section 6.1), as our recipe has it. */
export interface BffDouble {
  readonly address: string;
  /** What came in: the path, and whether it was let through. */
  readonly requests: readonly string[];
  /** What it answers instead, if anything. */
  trouble: number | undefined;
  close(): Promise<void>;
}

// A browser takes a cookie of that name only from this host, for all of it, and over https; over the plain http of a test it has no prefix.
const COOKIE = 'Host-session';

/** @param application the origin from which requests are taken */
export async function startBffDouble(application: string): Promise<BffDouble> {
  const requests: string[] = [];
  const sessions = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', application);
    const status = double.trouble ?? answer(request, response, pathname);
    requests.push(`${request.method ?? ''} ${pathname} ${status}`);
    if (!response.writableEnded) response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });

  function answer(request: IncomingMessage, response: ServerResponse, path: string): number {
    if (path === '/bff/login') {
      const id = randomUUID();
      sessions.set(id, 'ada');
      response.setHeader('set-cookie', `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Strict`);
      return 200;
    }
    const { origin = application, 'x-csrf': csrf, cookie = '' } = request.headers;
    // Without the header a form of another site may have sent it, and with it no other site can: CORS asks first, and is told no.
    if (csrf === undefined || origin !== application) return 403;
    const given = cookie.split('; ').filter(pair => pair.startsWith(`${COOKIE}=`));
    // A sibling host can add a cookie of the same name; then nobody knows which is ours.
    if (given.length > 1) return 400;
    const id = given[0]?.slice(COOKIE.length + 1) ?? '';
    const sub = sessions.get(id);
    if (path === '/bff/logout') sessions.delete(id);
    if (sub === undefined) return 401;
    if (path === '/bff/user') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ sub, name: 'Ada Lovelace', roles: ['admin'] }));
    }
    return 200;
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const double: BffDouble = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    trouble: undefined,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return double;
}
