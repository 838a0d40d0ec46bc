import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API of the application that asks an issuer about tokens. */
export interface IssuersApi {
  readonly url: string;
  stop(): Promise<void>;
}

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization',
  'access-control-expose-headers': 'www-authenticate',
  'content-type': 'application/json',
};
/** Says that a refusal is the token's: without it, one that has just been issued is not renewed. */
const REFUSAL = { 'www-authenticate': 'Bearer error="invalid_token"' };

/** @param userInfo the issuer's UserInfo endpoint: a token that it takes is good here too */
export async function serveApi(userInfo: string): Promise<IssuersApi> {
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers;
    const answer = (status: number): void => {
      response.writeHead(status, { ...HEADERS, ...(status === 401 && REFUSAL) }).end('{}');
    };
    if (request.method === 'OPTIONS') answer(200);
    else if (authorization === '') answer(401);
    else
      fetch(userInfo, { headers: { authorization } }).then(
        ({ status }) => {
          answer(status);
        },
        () => {
          answer(502);
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
