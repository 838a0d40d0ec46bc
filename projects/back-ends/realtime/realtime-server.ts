import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Server as SocketIoServer } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';
import { TokenDesk } from './token-desk';

/** A server of APIs, streams and sockets, and what a test may do to it and see of it. */
export interface RealtimeServer {
  readonly address: string;
  readonly desk: TokenDesk;
  /** What was asked with which token: `GET /api`, `/first`, … */
  readonly seen: readonly string[];
  /** Connections that are open now. */
  readonly open: ReadonlySet<object>;
  /** Sends all streams an event. */
  publish(id: string, data: string): void;
  /** Breaks every connection, as a network does. */
  breakAll(): void;
  close(): Promise<void>;
}

/** Every protocol ends a connection when its token runs out, as servers do. */
export async function startRealtimeServer(): Promise<RealtimeServer> {
  const desk = new TokenDesk();
  const seen: string[] = [];
  const open = new Set<object>();
  const streams = new Set<ServerResponse>();

  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: offered => [...offered][0] ?? false,
  });
  const io = new SocketIoServer(server, { transports: ['websocket'], destroyUpgrade: false });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { method = '', url = '', headers } = request;
    const body = await text(request);
    const json = (data: object): unknown =>
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(data));
    if (url === '/auth/login') return json(desk.grant((JSON.parse(body) as { name: string }).name));
    if (url === '/auth/renew') return json(desk.renew((JSON.parse(body) as { secret: string }).secret));
    seen.push(
      `${method} ${url} ${headers.authorization ?? ''} ${String(headers['last-event-id'] ?? '')}`.trim(),
    );
    if (url === '/api/elsewhere') return response.writeHead(302, { Location: 'http://localhost:1/' }).end();
    const known = desk.check(headers.authorization?.replace('Bearer ', ''));
    if (known === null) {
      return response.writeHead(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }).end();
    }
    if (url !== '/api/events') return json({ user: known.user, body });
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(`event: hello\ndata: ${known.user}\n\n`);
    streams.add(response);
    open.add(response);
    const timer = setTimeout(() => response.end(), known.left);
    return response.on('close', () => {
      clearTimeout(timer);
      streams.delete(response);
      open.delete(response);
    });
  }

  /** Takes the token or ends the connection, now or when the token has run out. */
  function serve(socket: WebSocket, path: string): (token: unknown) => void {
    let timer: NodeJS.Timeout | undefined;
    open.add(socket);
    socket.on('close', () => {
      clearTimeout(timer);
      open.delete(socket);
    });
    return token => {
      seen.push(`${path} ${String(token)}`);
      const known = desk.check(token);
      clearTimeout(timer);
      if (known === null) {
        socket.close(4401, 'Unauthorized');
        return;
      }
      timer = setTimeout(() => socket.close(4401, 'Unauthorized'), known.left);
      socket.send(`hello ${known.user}`);
    };
  }

  server.on('upgrade', (request, stream, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/socket.io')) return;
    sockets.handleUpgrade(request, stream, head, socket => {
      const take = serve(socket, pathname);
      if (pathname === '/protocol') take(request.headers['sec-websocket-protocol']?.split('bearer.')[1]);
      if (pathname === '/query') take(searchParams.get('ticket'));
      socket.on('message', data => {
        const message = JSON.parse((data as Buffer).toString()) as Record<string, unknown>;
        if (pathname === '/graphql') {
          const { Authorization } = (message['payload'] ?? {}) as { Authorization?: string };
          take(Authorization?.replace('Bearer ', ''));
        } else take(message['token']);
      });
    });
  });

  io.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    seen.push(`socket.io ${String(token)}`);
    next(desk.check(token) ? undefined : new Error('invalid token'));
  });
  io.on('connection', socket => {
    const { token } = socket.handshake.auth as { token: string };
    const cut = (): unknown => socket.disconnect();
    let timer = setTimeout(cut, desk.check(token)?.left ?? 0);
    open.add(socket);
    socket.on('authenticate', (renewed: unknown) => {
      seen.push(`authenticate ${String(renewed)}`);
      clearTimeout(timer);
      timer = setTimeout(cut, desk.check(renewed)?.left ?? 0);
    });
    socket.on('disconnect', () => {
      clearTimeout(timer);
      open.delete(socket);
    });
    socket.emit('hello', desk.check(token)?.user);
  });

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const breakAll = (): void => {
    for (const socket of sockets.clients) socket.terminate();
    for (const stream of streams) stream.destroy();
    for (const { conn } of io.of('/').sockets.values()) conn.close();
  };
  return {
    address: `http://127.0.0.1:${port}`,
    desk,
    seen,
    open,
    breakAll,
    publish(id, data) {
      for (const stream of streams) stream.write(`id: ${id}\ndata: ${data}\n\n`);
    },
    async close() {
      breakAll();
      server.closeAllConnections();
      await io.close();
    },
  };
}
