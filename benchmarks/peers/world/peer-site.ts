import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type StaticSite, sendFile } from '../../../projects/e2e/support/static-site';
import type { Addresses } from '../apps/shared/addresses';

/** Serves a built application, which is told where things are in this run. */
export async function servePeer(folder: string, addresses: Addresses): Promise<StaticSite> {
  const server = createServer(({ url = '/' }, response) => {
    if (new URL(url, 'http://localhost').pathname === '/addresses.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(`window.addresses = ${JSON.stringify(addresses)};`);
    } else void sendFile(folder, url, response);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(stopped => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
