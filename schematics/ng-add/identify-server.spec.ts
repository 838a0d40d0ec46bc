import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identifyServer } from './identify-server';
import type { ServerKind } from './schema';

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

  for (const kind of ['jwt', 'averos'] as const) {
    it(`believes the dev auth server that speaks ${kind}`, async () => {
      const url = await serve(
        answer({ '/.well-known/latchkey': { server: 'latchkey-auth-server', provider: kind } }),
      );
      expect(await identifyServer(url)).toEqual({ kind });
    });
  }

  for (const lookup of [{ exists: false }, null, { userNameNotAvailable: true }]) {
    it(`knows Averos by ${JSON.stringify(lookup)}`, async () => {
      const url = await serve(answer({ '/auth/users/latchkey-probe': lookup }));
      expect(await identifyServer(url)).toEqual({ kind: 'averos' });
    });
  }

  for (const [name, end] of [
    ['', ''],
    [' whose name ends with a slash', '/'],
  ] as const) {
    it(`knows an OpenID issuer by its own description${name}`, async () => {
      let issuer = '';
      const url = await serve((request, response) => {
        answer({ '/realm/.well-known/openid-configuration': { issuer } })(request, response);
      });
      issuer = `${url}/realm${end}`;
      expect(await identifyServer(`${url}/realm`)).toEqual({ kind: 'oidc', metadata: { issuer } });
    });
  }

  it('takes no issuer for another, and says which one it is', async () => {
    const issuer = 'https://login.example.com/tenant';
    const url = await serve(answer({ '/.well-known/openid-configuration': { issuer } }));
    const identified = await identifyServer(url);
    expect(identified.kind).toBe('jwt');
    expect(identified.note).toContain(issuer);
  });

  it('knows Feathers by how it refuses', async () => {
    const url = await serve(({ url: path }, response) => {
      const found = path === '/authentication';
      response.writeHead(found ? 405 : 404, { 'content-type': 'application/json; charset=utf-8' });
      response.end(
        found
          ? '{"name":"MethodNotAllowed","message":"Method `find` is not supported by this endpoint.","code":405,"className":"method-not-allowed"}'
          : '{"name":"NotFound","message":"Not found","code":404,"className":"not-found"}',
      );
    });
    expect(await identifyServer(url)).toEqual({ kind: 'feathers' });
  });

  const addresses: readonly (readonly [string, ServerKind])[] = [
    ['http://127.0.0.1:1/realms/shop', 'keycloak'],
    ['http://127.0.0.1:1/auth/realms/shop', 'keycloak'],
    ['https://shop.eu.auth0.com', 'auth0'],
  ];
  for (const [url, kind] of addresses) {
    it(`knows ${url} without asking`, async () => {
      expect(await identifyServer(url)).toEqual({ kind });
    });
  }

  it('does not wait for the other answers once one has told', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/auth/users/latchkey-probe')
        answer({ [request.url]: { exists: false } })(request, response);
    });
    expect((await identifyServer(url, 60_000)).kind).toBe('averos');
  });

  it('asks below a base path', async () => {
    const url = await serve(answer({ '/base/auth/users/latchkey-probe': { exists: false } }));
    expect((await identifyServer(`${url}/base`)).kind).toBe('averos');
  });

  const strangers: readonly (readonly [string, RequestListener])[] = [
    [
      'answers other JSON',
      answer({ '/.well-known/latchkey': { server: 'other' }, '/auth/users/latchkey-probe': [] }),
    ],
    ['answers a page to everything', (_request, response) => response.end('<html></html>')],
    [
      'answers null as a page',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('null'),
    ],
    [
      'refuses methods in another way than Feathers',
      (_request, response) =>
        response.writeHead(405, { 'content-type': 'application/json' }).end('{"code":405}'),
    ],
    [
      'answers 500',
      (_request, response) =>
        response.writeHead(500, { 'content-type': 'application/json' }).end('{"exists":true}'),
    ],
    [
      'answers without end',
      (_request, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).write('1'.repeat(100_000)),
    ],
  ];
  for (const [name, listener] of strangers) {
    it(`takes a server that ${name} for a JWT server and says so`, async () => {
      const identified = await identifyServer(await serve(listener), 500);
      expect(identified.kind).toBe('jwt');
      expect(identified.note).toContain('does not say what it is');
    });
  }

  it('does not wait for a server that never answers', async () => {
    const identified = await identifyServer(await serve(() => undefined), 100);
    expect(identified.kind).toBe('jwt');
    expect(identified.note).toContain('takes too long to answer');
    expect(identified.note).not.toContain('No server');
  });

  it('does not mind that nobody is there', async () => {
    const url = await serve(() => undefined);
    servers[0]?.close();
    const identified = await identifyServer(url);
    expect(identified.kind).toBe('jwt');
    expect(identified.note).toContain(`No server answered at ${url}`);
    expect(identified.note).toContain('npx latchkey-auth-server');
  });

  it('is not sent elsewhere', async () => {
    let visits = 0;
    const elsewhere = await serve((_request, response) => {
      visits += 1;
      response.setHeader('content-type', 'application/json');
      response.end('{"server":"latchkey-auth-server","provider":"averos"}');
    });
    const url = await serve(({ url: path }, response) =>
      response.writeHead(302, { location: elsewhere + String(path) }).end(),
    );
    expect((await identifyServer(url)).kind).toBe('jwt');
    expect(visits).toBe(0);
  });
});
