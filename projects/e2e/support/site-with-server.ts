import { type IncomingMessage, type ServerResponse, createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type StaticSite, sendFile } from './static-site';

/** A request that was handed on to the server, with what came of it. */
export interface PassedRequest {
  readonly method: string;
  readonly path: string;
  /** Whether the browser sent a cookie along. */
  readonly cookie: boolean;
  readonly status: number;
}

/** A built application and its server at one origin, as a reverse proxy makes of them. */
export interface SiteWithServer extends StaticSite {
  /** Cuts the connections of requests for the server. */
  down: boolean;
  readonly passed: readonly PassedRequest[];
}

/** @param isFor whether a path is the server's */
export async function serveWithServer(
  folder: string,
  target: string,
  isFor: (path: string) => boolean,
): Promise<SiteWithServer> {
  const passed: PassedRequest[] = [];
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    if (!isFor(url)) void sendFile(folder, url, response);
    else if (site.down) request.socket.destroy();
    else handOn(target, request, response, seen => passed.push(seen));
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const site: SiteWithServer = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    down: false,
    passed,
    stop: () =>
      new Promise(stopped => {
        server.close(() => {
          stopped();
        });
        server.closeAllConnections();
      }),
  };
  return site;
}

/** With all headers as they are, the host included: the server has to know by which name it was called. */
function handOn(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  note: (seen: PassedRequest) => void,
): void {
  const { method = '', url = '/', headers } = request;
  const further = ask(new URL(url, target), { method, headers }, answer => {
    const { statusCode: status = 502 } = answer;
    note({ method, path: url.replace(/\?.*/, ''), cookie: headers.cookie !== undefined, status });
    response.writeHead(status, answer.headers);
    answer.pipe(response);
  });
  further.on('error', () => response.destroy());
  request.pipe(further);
  // A server may answer before it has read everything; what is left must not block the next request of the connection.
  response.on('finish', () => {
    request.unpipe(further);
    request.resume();
  });
}
