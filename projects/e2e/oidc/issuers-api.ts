import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, invalidToken, missingToken } from '../../auth-server/src/errors.js';

/** An API of the application, of another origin. */
export interface IssuersApi {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Whether a request may pass. An `ApiError` says why not.
 *
 * @param url the request's, as the browser has asked for it
 */
export type Judge = (request: IncomingMessage, url: string) => Promise<void>;

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, dpop, content-type',
  'access-control-expose-headers': 'www-authenticate, dpop-nonce, date',
  'content-type': 'application/json',
};

/** Starts it on a free port; what passes is answered with 200. */
export async function serveApi(judge: Judge): Promise<IssuersApi> {
  const server = createServer((request, response) => {
    const answer = (status: number, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { ...HEADERS, ...headers }).end('{}');
    };
    if (request.method === 'OPTIONS') {
      answer(200);
      return;
    }
    judge(request, `http://${request.headers.host ?? ''}${request.url ?? ''}`).then(
      () => {
        answer(200);
      },
      (error: unknown) => {
        if (error instanceof ApiError) answer(error.status, error.headers);
        else answer(502);
      },
    );
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(stopped => {
        server.close(() => {
          stopped();
        });
        server.closeAllConnections();
      }),
  };
}

/** @param userInfo the issuer's UserInfo endpoint: a token that it takes is good at the API too */
export function whoeverIsKnownAt(userInfo: string): Judge {
  return async ({ headers: { authorization } }) => {
    if (authorization === undefined) throw missingToken();
    const { status } = await fetch(userInfo, { headers: { authorization } });
    if (status !== 200) throw invalidToken('The issuer does not know it.');
  };
}
