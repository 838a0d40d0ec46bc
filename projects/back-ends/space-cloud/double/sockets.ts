import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Document } from './collections';
import { readQuery } from './live-query';
import type { Project } from './project';
import { type Subscriptions, subscriptions } from './subscriptions';

/** What came over a socket of the double. */
export interface Heard {
  readonly socket: 'json' | 'graphql';
  readonly message: Message;
}

export interface Message {
  readonly id?: string;
  readonly type?: string;
  readonly data?: Document;
  readonly payload?: Document;
}

export interface Sockets {
  readonly heard: readonly Heard[];
  /** While `true`, nothing is answered. */
  silent: boolean;
  /** Cuts all connections. */
  cut(): void;
  open(): number;
}

type Answer = (message: Message, subscribed: Subscriptions, send: (message: object) => void) => Promise<void>;

/** The two sockets of a project: JSON, and GraphQL as subscriptions-transport-ws spoke it. */
export function sockets(server: Server, project: Project): Sockets {
  const heard: Heard[] = [];
  const paths: Readonly<Record<string, Heard['socket']>> = {
    [`/v1/api/${project.id}/socket/json`]: 'json',
    [`/v1/api/${project.id}/graphql/socket`]: 'graphql',
  };
  // It says "graphql-ws" whatever it was asked, on that socket alone.
  const handshake = new WebSocketServer({
    noServer: true,
    handleProtocols: offered => offered.has('graphql-ws') && 'graphql-ws',
  });
  const self = {
    heard,
    silent: false,
    cut() {
      for (const socket of handshake.clients) socket.terminate();
    },
    open: () => handshake.clients.size,
  };
  const serve = (socket: WebSocket, kind: Heard['socket']): void => {
    const subscribed = subscriptions(project);
    const send = (message: object): void => {
      if (!self.silent && socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    };
    socket.on('close', () => subscribed.clear());
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      heard.push({ socket: kind, message });
      void ANSWERS[kind](message, subscribed, send);
    });
  };
  server.on('upgrade', (request, stream, head) => {
    const kind = paths[new URL(request.url ?? '', 'http://double').pathname];
    if (kind === undefined) return void stream.destroy();
    handshake.handleUpgrade(request, stream, head, socket => {
      serve(socket, kind);
    });
  });
  return self;
}

const ANSWERS: Readonly<Record<Heard['socket'], Answer>> = {
  async json({ id, type, data = {} }, subscribed, send) {
    const { id: query, group, dbType, token, where, options } = data;
    const answer = (rest: object): void => send({ id, type, data: { group, id: query, ...rest } });
    if (type === 'realtime-unsubscribe') {
      subscribed.remove(String(query));
      answer({ ack: true });
    } else if (type === 'realtime-subscribe') {
      const live = {
        database: String(dbType),
        collection: String(group),
        where: (where ?? {}) as Document,
        skipInitial: (options as Document | undefined)?.['skipInitial'] === true,
      };
      try {
        const feed = (event: object): void => send({ id: '', type: 'realtime-feed', data: event });
        answer({ ack: true, docs: await subscribed.add(String(query), live, text(token), feed) });
      } catch (error) {
        answer({ ack: false, error: messageOf(error) });
      }
    } else {
      send({ id, type, data: { error: 'Invalid message type' } });
    }
  },

  async graphql({ id = '', type = '', payload = {} }, subscribed, send) {
    const failed = (message: string): void => send({ id, type: 'error', payload: { errors: [{ message }] } });
    if (type === 'connection_init') send({ id, type: 'connection_ack', payload: {} });
    else if (type === 'start')
      await start(id, payload, subscribed, send).catch((error: unknown) => failed(messageOf(error)));
    else if (type !== 'stop') failed(`invalid message type (${type}) provided`);
    else if (subscribed.remove(id)) send({ id, type: 'complete', payload: {} });
    else failed('got stop wanted start');
  },
};

async function start(
  id: string,
  payload: Document,
  subscribed: Subscriptions,
  send: (message: object) => void,
): Promise<void> {
  const query = readQuery(text(payload['query']));
  const data = (event: object): void =>
    send({ id, type: 'data', payload: { data: { [query.collection]: event } } });
  for (const event of await subscribed.add(id, query, text(payload['authToken']), data)) data(event);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
