import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from './self-signed-certificate';

/** What stands before an application and speaks https, as in production. */
export interface EncryptedSite {
  /** Such as `https://app.shop.localhost:40123`. */
  readonly url: string;
  /** What came in with which cookies, of all paths. */
  readonly cookies: readonly string[];
  /** Hands on to this site from now on. */
  handOnTo(url: string): void;
  /** Keeps the next request for that path from the application; its URL. */
  intercept(path: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param host a name below `localhost`, which browsers find on this machine by themselves */
export async function serveEncrypted(host: string): Promise<EncryptedSite> {
  let target = '';
  const cookies: string[] = [];
  const intercepted = new Map<string, (url: string) => void>();
  const server = createServer(selfSignedCertificate(host), (request, response) => {
    const { method = '', url = '/' } = request;
    const path = url.replace(/\?.*/, '');
    cookies.push(`${path} ${request.headers.cookie ?? ''}`);
    const caught = intercepted.get(path);
    if (caught !== undefined) {
      intercepted.delete(path);
      caught(site.url + url);
      // A connection that is cut off would be tried again.
      response.writeHead(503).end();
      return;
    }
    const headers = { ...request.headers, 'x-forwarded-proto': 'https' };
    const further = ask(new URL(url, target), { method, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    further.on('error', () => response.destroy());
    request.pipe(further);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const site: EncryptedSite = {
    url: `https://${host}:${(server.address() as AddressInfo).port}`,
    cookies,
    handOnTo: url => {
      target = url;
    },
    intercept: path =>
      new Promise(resolve => {
        intercepted.set(path, resolve);
      }),
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
