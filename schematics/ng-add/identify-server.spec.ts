import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identifyServer } from './identify-server';

describe('Asking a server what it is', () => {
  let servers: Server[] = [];

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function answer(paths: Readonly<Record<string, unknown>>): RequestListener {
    return ({ url = '' }, response) => {
      response.statusCode = url in paths ? 200 : 404;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(url in paths ? paths[url] : {}));
    };
  }

  afterEach(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    servers = [];
  });

  for (const provider of ['jwt', 'averos'] as const) {
    it(`believes the dev auth server that speaks ${provider}`, async () => {
      const url = await serve(
        answer({ '/.well-known/latchkey': { server: 'latchkey-auth-server', provider } }),
      );
      expect(await identifyServer(url)).toEqual({ provider });
    });
  }

  for (const lookup of [{ exists: false }, null, { userNameNotAvailable: true }]) {
    it(`knows Averos by ${JSON.stringify(lookup)}`, async () => {
      const url = await serve(answer({ '/auth/users/latchkey-probe': lookup }));
      expect(await identifyServer(url)).toEqual({ provider: 'averos' });
    });
  }

  it('asks below a base path', async () => {
    const url = await serve(answer({ '/base/auth/users/latchkey-probe': { exists: false } }));
    expect((await identifyServer(`${url}/base`)).provider).toBe('averos');
  });

  const strangers: readonly (readonly [string, RequestListener])[] = [
    [
      'answers other JSON',
      answer({ '/.well-known/latchkey': { server: 'other' }, '/auth/users/latchkey-probe': [] }),
    ],
    ['answers a page to everything', (_request, response) => response.end('<html></html>')],
    ['answers 500', (_request, response) => response.writeHead(500).end('{"exists":true}')],
    ['answers without end', (_request, response) => void response.write('x'.repeat(100_000))],
  ];
  for (const [name, listener] of strangers) {
    it(`takes a server that ${name} for a JWT server and says so`, async () => {
      const identified = await identifyServer(await serve(listener), 500);
      expect(identified.provider).toBe('jwt');
      expect(identified.note).toContain('does not say what it is');
    });
  }

  it('does not wait for a server that never answers', async () => {
    const identified = await identifyServer(await serve(() => undefined), 100);
    expect(identified.note).toContain('npx latchkey-auth-server');
  });

  it('does not mind that nobody is there', async () => {
    const url = await serve(() => undefined);
    servers[0]?.close();
    const identified = await identifyServer(url);
    expect(identified.provider).toBe('jwt');
    expect(identified.note).toContain(`No server answered at ${url}`);
  });

  it('is not sent elsewhere', async () => {
    let visits = 0;
    const elsewhere = await serve((_request, response) => {
      visits += 1;
      response.end('{"server":"latchkey-auth-server","provider":"averos"}');
    });
    const url = await serve(({ url: path }, response) =>
      response.writeHead(302, { location: elsewhere + String(path) }).end(),
    );
    expect((await identifyServer(url)).provider).toBe('jwt');
    expect(visits).toBe(0);
  });
});
