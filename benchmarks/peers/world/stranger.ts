import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that is none of the application's business, and remembers whether it was given a token. */
export interface Stranger {
  readonly url: string;
  /** How many requests brought an `Authorization` header. */
  authorized(): number;
  requests(): number;
  stop(): Promise<void>;
}

export async function startStranger(port: number): Promise<Stranger> {
  let requests = 0;
  let authorized = 0;
  const server = createServer(({ method, headers }, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization');
    if (method !== 'OPTIONS') {
      requests += 1;
      if (headers.authorization !== undefined) authorized += 1;
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    authorized: () => authorized,
    requests: () => requests,
    stop: () =>
      new Promise(stopped => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
