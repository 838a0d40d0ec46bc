import { AuthError, type JsonObject, authError, isJsonObject, readJwt } from 'ngx-latchkey/core';
import type {
  LiveDialect,
  LiveListener,
  LiveSocket,
  LiveSocketOptions,
  SocketLike,
} from './live-socket-types';

interface Subscription<Query> {
  readonly query: Query;
  readonly listener: LiveListener;
  /** Whether the server has accepted it once, so that it is begun again after a lost connection. */
  confirmed: boolean;
  deadline?: ReturnType<typeof setTimeout>;
}

/**
 * Subscriptions over one connection. Each message takes the token there is at that moment, so that a renewed token needs no new connection;
 * when the session ends, or becomes another user's, the connection is closed and all subscriptions end.
 */
export function liveSocket<Query>(
  dialect: LiveDialect<Query>,
  { tokens, open = openWebSocket, answerWithin = 10_000, reconnectAfter = 5_000 }: LiveSocketOptions,
): LiveSocket<Query> {
  const subscriptions = new Map<string, Subscription<Query>>();
  let socket: SocketLike | null = null;
  let ready = false;
  // Until the connection is ready, or until it is tried again.
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unwatch: (() => void) | null = null;
  let token: string | null = null;

  function connect(): void {
    if (socket !== null || subscriptions.size === 0) return;
    clearTimeout(timer);
    unwatch ??= tokens.watch(changed);
    const opened = (socket = open(dialect.url, dialect.protocol));
    timer = setTimeout(drop, answerWithin);
    const on = (type: 'open' | 'message' | 'close', task: (data: unknown) => void): void => {
      opened.addEventListener(type, ({ data }) => {
        if (socket === opened) task(data);
      });
    };
    on('open', () => {
      if (dialect.greeting) send(dialect.greeting);
      else begin();
    });
    on('message', receive);
    on('close', drop);
    // What went wrong is not told, and a close follows; but unheard it would be an exception in Node.
    opened.addEventListener('error', () => undefined);
  }

  function begin(): void {
    ready = true;
    clearTimeout(timer);
    for (const id of subscriptions.keys()) void start(id);
  }

  function drop(): void {
    hangUp();
    for (const { confirmed, deadline } of subscriptions.values()) if (confirmed) clearTimeout(deadline);
    timer = setTimeout(connect, reconnectAfter);
  }

  function hangUp(): void {
    const last = socket;
    socket = null;
    ready = false;
    clearTimeout(timer);
    last?.close();
  }

  function send(message: JsonObject): void {
    socket?.send(JSON.stringify(message));
  }

  async function start(id: string): Promise<void> {
    const subscription = subscriptions.get(id);
    const to = socket;
    if (subscription === undefined) return;
    if (subscription.confirmed) allowTime(id, subscription);
    try {
      token = await tokens.token();
      if (socket !== to || !subscriptions.has(id)) return;
      send(dialect.start(id, subscription.query, token ?? undefined));
      if (dialect.greeting) confirm(subscription);
    } catch (error) {
      // A source of tokens fails with nothing else.
      failed(id, error as AuthError);
    }
  }

  function stop(id: string): void {
    const subscription = remove(id);
    if (subscription && ready) send(dialect.stop(id, subscription.query, token ?? undefined));
  }

  function receive(data: unknown): void {
    const heard = dialect.read(parsed(data));
    if (heard.ready && !ready) begin();
    const id = String(heard.id);
    const subscription = subscriptions.get(id);
    if (subscription === undefined) return;
    if (heard.answered) confirm(subscription);
    for (const event of heard.events ?? []) if (subscriptions.has(id)) subscription.listener.next(event);
    const { refused: detail } = heard;
    if (detail !== undefined) {
      over(id, new AuthError({ failure: 'refused', code: 'subscription-refused', detail }));
    }
    if (heard.completed) over(id);
  }

  function confirm(subscription: Subscription<Query>): void {
    subscription.confirmed = true;
    clearTimeout(subscription.deadline);
  }

  function allowTime(id: string, subscription: Subscription<Query>): void {
    subscription.deadline = setTimeout(() => {
      failed(id, authError('not-now', 'no-answer', 'The subscription'));
    }, answerWithin);
  }

  /** What has worked before is tried again over a new connection. */
  function failed(id: string, error: AuthError): void {
    if (subscriptions.get(id)?.confirmed) drop();
    else over(id, error);
  }

  function over(id: string, error?: AuthError): void {
    remove(id)?.listener.ended?.(error);
  }

  function remove(id: string): Subscription<Query> | undefined {
    const subscription = subscriptions.get(id);
    clearTimeout(subscription?.deadline);
    subscriptions.delete(id);
    return subscription;
  }

  function endAll(error?: AuthError): void {
    hangUp();
    for (const id of [...subscriptions.keys()]) over(id, error);
  }

  function changed(next: string | null): void {
    // Who has signed in over a session must not hear what the one before was allowed to.
    const another = (subjectOf(next) ?? subjectOf(token)) !== (subjectOf(token) ?? subjectOf(next));
    token = next;
    if (next === null || another) endAll(authError('needs-user', 'session-ended'));
  }

  return {
    subscribe(query, listener) {
      const id = crypto.randomUUID();
      const subscription: Subscription<Query> = { query, listener, confirmed: false };
      subscriptions.set(id, subscription);
      allowTime(id, subscription);
      if (ready) void start(id);
      else connect();
      return () => stop(id);
    },
    close() {
      unwatch?.();
      unwatch = null;
      endAll();
    },
  };
}

function subjectOf(token: string | null): unknown {
  const claims = readJwt(token);
  return claims?.sub ?? claims?.['id'];
}

function parsed(data: unknown): JsonObject {
  try {
    const message: unknown = JSON.parse(String(data));
    if (isJsonObject(message)) return message;
  } catch {
    // Whatever it is, it is nothing that the gateway sends.
  }
  return {};
}

function openWebSocket(url: string, protocol?: string): SocketLike {
  return new WebSocket(url, protocol);
}
