import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** A built application, served as a plain web server would: files, and `index.html` for every route of the application. */
export interface StaticSite {
  /** Such as `http://localhost:40123`. */
  readonly url: string;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** @param headers sent with every file, such as a content security policy */
export async function serveStatic(
  folder: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticSite> {
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    void sendFile(folder, request.url ?? '/', response);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    stop: () =>
      new Promise(stopped => {
        server.close(() => {
          stopped();
        });
        server.closeAllConnections();
      }),
  };
}

/** Answers with the file that a URL means. */
export async function sendFile(folder: string, url: string, response: ServerResponse): Promise<void> {
  const file = await fileFor(folder, url);
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  createReadStream(file)
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
}

async function fileFor(folder: string, url: string): Promise<string> {
  const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  const file = join(folder, path);
  const isFile = await stat(file).then(
    found => found.isFile(),
    () => false,
  );
  return isFile ? file : join(folder, 'index.html');
}
