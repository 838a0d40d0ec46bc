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
  // Who the token was of that was sent last, where it says so.
  let subject: unknown;

  function connect(): void {
    timer = undefined;
    if (socket !== null || subscriptions.size === 0) return;
    unwatch ??= tokens.watch(changed);
    const opened = (socket = open(dialect.url, dialect.protocol));
    timer = setTimeout(drop, answerWithin);
    const on = (type: 'open' | 'message' | 'close', task: (data: unknown) => void): void => {
      opened.addEventListener(type, ({ data }) => {
        if (socket === opened) task(data);
      });
    };
    on('open', () => {
      if (dialect.greeting) opened.send(JSON.stringify(dialect.greeting));
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
    timer = undefined;
    last?.close();
  }

  async function start(id: string): Promise<void> {
    const subscription = subscriptions.get(id);
    const to = socket;
    if (subscription === undefined) return;
    if (subscription.confirmed) allowTime(id, subscription);
    try {
      const token = await tokens.token();
      if (to === null || socket !== to || !subscriptions.has(id)) return;
      subject = subjectOf(token) ?? subject;
      to.send(JSON.stringify(dialect.start(id, subscription.query, token ?? undefined)));
      if (!dialect.answers) confirm(subscription);
    } catch (error) {
      failed(id, error);
    }
  }

  async function stop(id: string): Promise<void> {
    const subscription = subscriptions.get(id);
    const to = socket;
    if (subscription === undefined) return;
    forget(id, subscription);
    if (!ready) return;
    // Without a token there is no session, and the connection is closed with it.
    const token = await tokens.token().catch(() => null);
    if (socket === to) to?.send(JSON.stringify(dialect.stop(id, subscription.query, token ?? undefined)));
  }

  function receive(data: unknown): void {
    const message = parsed(data);
    if (message === undefined) return;
    const { id, refused, events = [], ...heard } = dialect.read(message);
    if (heard.ready && !ready) begin();
    const subscription = subscriptions.get(String(id));
    if (subscription === undefined) return;
    if (refused !== undefined) {
      over(String(id), new AuthError({ failure: 'refused', code: 'subscription-refused', detail: refused }));
      return;
    }
    if (heard.answered) confirm(subscription);
    for (const event of events) if (subscriptions.has(String(id))) subscription.listener.next(event);
    if (heard.completed) over(String(id));
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
  function failed(id: string, error: unknown): void {
    if (subscriptions.get(id)?.confirmed) drop();
    else over(id, error instanceof AuthError ? error : undefined);
  }

  function over(id: string, error?: AuthError): void {
    const subscription = subscriptions.get(id);
    if (subscription === undefined) return;
    forget(id, subscription);
    subscription.listener.ended?.(error);
  }

  function forget(id: string, { deadline }: Subscription<Query>): void {
    clearTimeout(deadline);
    subscriptions.delete(id);
  }

  function endAll(error?: AuthError): void {
    subject = undefined;
    hangUp();
    for (const id of [...subscriptions.keys()]) over(id, error);
  }

  function changed(token: string | null): void {
    const next = subjectOf(token);
    const same = subject === undefined || next === undefined || next === subject;
    // Who has signed in over a session must not hear what the one before was allowed to.
    if (token === null || !same) endAll(authError('needs-user', 'session-ended'));
  }

  return {
    subscribe(query, listener) {
      const id = crypto.randomUUID();
      const subscription: Subscription<Query> = { query, listener, confirmed: false };
      subscriptions.set(id, subscription);
      allowTime(id, subscription);
      if (ready) void start(id);
      else if (timer === undefined) connect();
      return () => void stop(id);
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

function parsed(data: unknown): JsonObject | undefined {
  try {
    const message: unknown = JSON.parse(String(data));
    return isJsonObject(message) ? message : undefined;
  } catch {
    // Whatever it is, it is nothing that the gateway sends.
    return undefined;
  }
}

function openWebSocket(url: string, protocol?: string): SocketLike {
  return new WebSocket(url, protocol);
}
