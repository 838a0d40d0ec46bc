import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API whose answers anybody may keep, unlike those of the auth server. */
export interface NewsApi {
  readonly url: string;
  /** Of each request, whether it carried a token. */
  readonly requests: readonly boolean[];
  stop(): Promise<void>;
}

export async function startNewsApi(): Promise<NewsApi> {
  const requests: boolean[] = [];
  const server = createServer(({ method, headers }, response) => {
    const bearer = headers.authorization !== undefined;
    if (method === 'GET') requests.push(bearer);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization');
    response.end(bearer ? 'news for you' : 'news for everybody');
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    requests,
    stop: () =>
      new Promise(stopped => {
        server.close(() => {
          stopped();
        });
        server.closeAllConnections();
      }),
  };
}
