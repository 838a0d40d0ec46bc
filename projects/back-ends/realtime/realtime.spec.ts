import { compileUrlRules } from 'ngx-latchkey/core';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { ApiTokenSource } from '../../ngx-latchkey/realtime/api-token-source';
import { authFetch } from '../../ngx-latchkey/realtime/auth-fetch';
import { authenticatedEventSource } from '../../ngx-latchkey/realtime/authenticated-event-source';
import {
  type AuthenticatedSocket,
  type SocketOptions,
  authenticatedSocket,
} from '../../ngx-latchkey/realtime/authenticated-socket';
import { graphqlWsConnection } from '../../ngx-latchkey/realtime/graphql';
import { sessionTokenSource } from '../../ngx-latchkey/realtime/session-token-source';
import { socketIoAuth, socketIoConnection } from '../../ngx-latchkey/realtime/socket-io';
import {
  eachMessage,
  firstMessage,
  queryParameterUnsafe,
  subProtocol,
} from '../../ngx-latchkey/realtime/token-place';
import { type NodeTab, engineTokenSource, nodeTab } from '../harness/node-tab';
import { until } from '../harness/until';
import { deskProvider } from './desk-provider';
import { type RealtimeServer, startRealtimeServer } from './realtime-server';

const tokenMessage = (token: string): string => JSON.stringify({ token });

describe('ngx-latchkey/realtime against real servers', () => {
  let server: RealtimeServer;
  let tab: NodeTab;
  let tokens: ApiTokenSource;
  let told: string[];
  const open: { close(): unknown }[] = [];

  beforeEach(async () => {
    server = await startRealtimeServer();
    const provider = deskProvider(server.address);
    tab = nodeTab(provider);
    const covers = compileUrlRules(provider.api.origins, server.address, () => server.address);
    tokens = sessionTokenSource(tab.engine, provider.api, covers);
    told = [];
  });

  afterEach(async () => {
    for (const one of open.splice(0)) one.close();
    tab.close();
    await server.close();
  });

  const signIn = async (name: string, lifetime = 60_000): Promise<void> => {
    server.desk.lifetime = lifetime;
    await tab.engine.signIn({ name });
  };
  /** What was sent to the path, as it came. */
  const seenAt = (path: string): readonly string[] => server.seen.filter(line => line.includes(path));
  const socketAt = <Message>(
    path: string,
    options: Pick<SocketOptions<Message>, 'place' | 'renew' | 'subProtocols'>,
  ): AuthenticatedSocket<Message> => {
    const socket = authenticatedSocket(tokens, {
      url: server.address.replace('http', 'ws') + path,
      create: (url, protocols) => new WebSocket(url, protocols),
      opened: () => told.push('opened'),
      received: data => told.push(String(data)),
      closed: () => told.push('closed'),
      ...options,
    });
    open.push(socket);
    return socket;
  };

  describe('authFetch', () => {
    it('asks once more, with a renewed token, for a request whose token is dead', async () => {
      await signIn('ada');
      server.desk.revoke('ada-1');
      const send = authFetch(tokens);
      const answers = await Promise.all(
        ['one', 'two'].map(body => send(`${server.address}/api`, { method: 'POST', body })),
      );
      expect(await Promise.all(answers.map(answer => answer.json()))).toEqual([
        { user: 'ada', body: 'one' },
        { user: 'ada', body: 'two' },
      ]);
      expect(server.desk.renewals).toBe(1);
    });

    it('follows no redirect with the token', async () => {
      await signIn('ada');
      await expectAsync(authFetch(tokens)(`${server.address}/api/elsewhere`)).toBeRejectedWithError(
        TypeError,
      );
    });

    it('takes any source of tokens, with origins', async () => {
      await signIn('ada');
      const send = authFetch(engineTokenSource(tab.engine), { origins: [server.address] });
      expect((await send(`${server.address}/api`)).status).toBe(200);
      const bare = authFetch(engineTokenSource(tab.engine));
      expect((await bare(`${server.address}/api`)).status).toBe(401);
    });
  });

  describe('authenticatedSocket', () => {
    it('opens with the sign-in and closes with the session', async () => {
      socketAt('/first', { place: firstMessage(tokenMessage) });
      expect(server.open.size).toBe(0);
      await signIn('ada');
      await until(() => told.includes('hello ada'));
      await tab.engine.end('user');
      expect(told).toEqual(['opened', 'hello ada', 'closed']);
      await until(() => server.open.size === 0);
    });

    it('passes a renewed token on, over the same connection', async () => {
      await signIn('ada');
      socketAt('/first', { place: firstMessage(tokenMessage), renew: tokenMessage });
      await until(() => told.length === 2);
      await tab.engine.refresh();
      await until(() => told.length === 3);
      expect(told).toEqual(['opened', 'hello ada', 'hello ada']);
      expect(seenAt('/first')).toEqual(['/first ada-1', '/first ada-2']);
    });

    it('comes back with a renewed token when the server has cut it off at expiry', async () => {
      await signIn('ada', 2_000);
      server.desk.lifetime = 60_000;
      socketAt('/first', { place: firstMessage(tokenMessage) });
      await until(() => seenAt('/first').length === 1);
      await until(() => told.filter(one => one === 'hello ada').length === 2);
      expect(seenAt('/first')).toEqual(['/first ada-1', '/first ada-2']);
      expect(told).toEqual(['opened', 'hello ada', 'closed', 'opened', 'hello ada']);
    });

    it('comes back after the line broke', async () => {
      await signIn('ada');
      socketAt('/first', { place: firstMessage(tokenMessage) });
      await until(() => told.length === 2);
      server.breakAll();
      await until(() => told.length === 5);
      expect(told.slice(2)).toEqual(['closed', 'opened', 'hello ada']);
    });

    it('is another one for another user, who gets nothing of the first', async () => {
      await signIn('ada');
      socketAt('/first', { place: firstMessage(tokenMessage), renew: tokenMessage });
      await until(() => told.length === 2);
      await signIn('eve');
      await until(() => told.length === 5);
      expect(told).toEqual(['opened', 'hello ada', 'closed', 'opened', 'hello eve']);
      await until(() => server.open.size === 1);
    });

    it('puts the token into each message', async () => {
      await signIn('ada');
      const place = eachMessage((message: { type: string }, token) => JSON.stringify({ ...message, token }));
      const socket = socketAt('/each', { place });
      await until(() => told.length === 1);
      await socket.send({ type: 'subscribe' });
      await tab.engine.refresh();
      await socket.send({ type: 'subscribe' });
      await until(() => told.length === 3);
      expect(seenAt('/each')).toEqual(['/each ada-1', '/each ada-2']);
      expect(told).toEqual(['opened', 'hello ada', 'hello ada']);
    });

    it('puts the token among the sub-protocols, and connects again with a renewed one', async () => {
      await signIn('ada');
      socketAt('/protocol', { place: subProtocol(token => `bearer.${token}`), subProtocols: ['v1'] });
      await until(() => told.includes('hello ada'));
      await tab.engine.refresh();
      await until(() => seenAt('/protocol').length === 2);
      expect(seenAt('/protocol')).toEqual(['/protocol ada-1', '/protocol ada-2']);
      await until(() => server.open.size === 1);
    });

    it('puts the token into the URL where that is asked for', async () => {
      await signIn('ada');
      socketAt('/query', { place: queryParameterUnsafe('ticket') });
      await until(() => told.includes('hello ada'));
      expect(seenAt('/query')).toEqual(['/query ada-1']);
    });
  });

  describe('authenticatedEventSource', () => {
    const stream = (): void => {
      open.push(
        authenticatedEventSource(tokens, {
          url: `${server.address}/api/events`,
          received: ({ type, data }) => told.push(`${type} ${data}`),
          closed: () => told.push('closed'),
        }),
      );
    };

    it('reads, goes on where it was with a renewed token, and closes with the session', async () => {
      await signIn('ada');
      stream();
      await until(() => told.includes('hello ada'));
      server.publish('7', 'one');
      await until(() => told.includes('message one'));
      await tab.engine.refresh();
      await until(() => told.length === 4);
      expect(told).toEqual(['hello ada', 'message one', 'closed', 'hello ada']);
      expect(seenAt('/events')).toEqual(['GET /api/events Bearer ada-1', 'GET /api/events Bearer ada-2 7']);
      await tab.engine.end('user');
      await until(() => server.open.size === 0);
      expect(told.length).toBe(5);
    });

    it('comes back when the server has ended it at expiry', async () => {
      await signIn('ada', 2_000);
      server.desk.lifetime = 60_000;
      stream();
      await until(() => told.length === 1);
      await until(() => told.length === 3);
      expect(seenAt('/events').length).toBe(2);
    });

    it('has a dead token renewed', async () => {
      await signIn('ada');
      server.desk.revoke('ada-1');
      stream();
      await until(() => told.includes('hello ada'));
      expect(server.desk.renewals).toBe(1);
    });

    it('gives another user a stream of their own', async () => {
      await signIn('ada');
      stream();
      await until(() => told.length === 1);
      server.publish('7', 'one');
      await until(() => told.length === 2);
      await signIn('eve');
      await until(() => told.includes('hello eve'));
      expect(seenAt('/events').at(-1)).toBe('GET /api/events Bearer eve-2');
    });
  });

  describe('socket.io', () => {
    const connect = (authenticates = false): void => {
      const url = server.address;
      const transports = ['websocket'];
      const auth = socketIoAuth(tokens, { url });
      const socket = io(url, { autoConnect: false, auth, transports, reconnectionDelay: 50 });
      socket.on('hello', (user: string) => told.push(`hello ${user}`));
      const authenticate = (token: string): unknown => socket.emit('authenticate', token);
      open.push(socketIoConnection(tokens, socket, { url, ...(authenticates && { authenticate }) }));
    };

    it('connects with the sign-in, again with a renewed token, and disconnects with the session', async () => {
      connect();
      expect(server.seen).toEqual([]);
      await signIn('ada');
      await until(() => told.length === 1);
      await tab.engine.refresh();
      await until(() => told.length === 2);
      expect(server.seen).toEqual(['socket.io ada-1', 'socket.io ada-2']);
      await until(() => server.open.size === 1);
      await tab.engine.end('user');
      await until(() => server.open.size === 0);
    });

    it('comes back when the server has cut it off at expiry, and when the line broke', async () => {
      await signIn('ada', 2_000);
      server.desk.lifetime = 60_000;
      connect();
      await until(() => told.length === 1);
      await until(() => told.length === 2);
      server.breakAll();
      await until(() => told.length === 3);
      expect(server.seen).toEqual(['socket.io ada-1', 'socket.io ada-2', 'socket.io ada-2']);
    });

    it('authenticates by a call, over the same connection', async () => {
      await signIn('ada');
      connect(true);
      await until(() => told.length === 1);
      await tab.engine.refresh();
      await until(() => seenAt('authenticate').length === 2);
      expect(server.seen).toEqual(['socket.io ada-1', 'authenticate ada-1', 'authenticate ada-2']);
    });

    it('connects as another user', async () => {
      await signIn('ada');
      connect();
      await until(() => told.length === 1);
      await signIn('eve');
      await until(() => told.length === 2);
      expect(told).toEqual(['hello ada', 'hello eve']);
      await until(() => server.open.size === 1);
    });
  });

  it('graphqlWsConnection begins anew with a renewed token, and is over with the session', async () => {
    await signIn('ada');
    const { url, connectionParams, on } = graphqlWsConnection(tokens, {
      url: `${server.address.replace('http', 'ws')}/graphql`,
    });
    const closes: number[] = [];
    // What graphql-ws does with its options.
    const begin = async (): Promise<void> => {
      const socket = new WebSocket(url, 'graphql-transport-ws');
      await new Promise<void>(resolve => socket.on('open', resolve));
      on.opened(socket);
      socket.on('message', data => told.push((data as Buffer).toString()));
      socket.on('close', code => {
        closes.push(code);
        on.closed();
      });
      socket.send(JSON.stringify({ type: 'connection_init', payload: await connectionParams() }));
    };
    await begin();
    await until(() => told.length === 1);
    await tab.engine.refresh();
    await until(() => closes.length === 1);
    await begin();
    await until(() => told.length === 2);
    await tab.engine.end('user');
    await until(() => closes.length === 2);
    expect(closes).toEqual([4205, 4401]);
    expect(seenAt('/graphql')).toEqual(['/graphql ada-1', '/graphql ada-2']);
    await expectAsync(connectionParams()).toBeRejectedWith(
      jasmine.objectContaining({ code: 'unauthenticated' }),
    );
  });
});
